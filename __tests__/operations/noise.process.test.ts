import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { noiseArguments } from '../../src/operations/parts/noise.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import { newDirectory } from '../support/cli.ts';

const NAMES = ['0-incompressible', '3-incompressible', '255-incompressible', '3-half-compressible'];
const files = new Map<string, Buffer>();
beforeAll(() => {
  const cwd = newDirectory();
  execFileSync('awk', noiseArguments(NAMES), { cwd, env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  for (const name of NAMES) files.set(name, readFileSync(join(cwd, name)));
});
const fileOf = (name: string) => files.get(name) ?? Buffer.alloc(0);

/** What a write of so many bytes has in it. */
const written = (name: string, length: number) => Buffer.alloc(length, fileOf(name));

/** The same arithmetic in other words. */
function grown(number: number, most: number): Buffer {
  const bytes: number[] = [];
  for (let s = BigInt(number) + 1n; bytes.length < 32_769; ) {
    s = (s * 16_807n) % 2_147_483_647n;
    for (const divisor of [1n, BigInt(most), BigInt(most) ** 2n]) bytes.push(Number((s / divisor) % BigInt(most)) + 1);
  }
  return Buffer.from(bytes);
}

describe('noise', () => {
  it('is the same bytes on every machine', () => {
    for (const name of NAMES) {
      const most = name.includes('half') ? 16 : 255;
      expect(fileOf(name).equals(grown(Number.parseInt(name, 10), most)), name).toBe(true);
    }
  });

  it.each([
    ['0-incompressible', 1, 1.03],
    ['3-incompressible', 1, 1.03],
    ['255-incompressible', 1, 1.03],
    ['3-half-compressible', 0.5, 0.6],
  ])('%s is from %f to %f of its size when it is compressed, in every format’s window', (name, least, most) => {
    for (const cluster of [512, 4 * KiB, 64 * KiB, 2 * MiB]) {
      // qcow2 has a window of 4 KiB (qemu's block/qcow2-threads.c), vmdk zlib's largest.
      const data = written(name, cluster);
      for (const stream of [deflateRawSync(data, { windowBits: 12 }), deflateSync(data)]) {
        const share = stream.length / cluster;
        expect(share, `${cluster}`).toBeGreaterThan(least);
        expect(share, `${cluster}`).toBeLessThan(most);
      }
    }
  });

  it('has no two equal clusters in a run, and no zero', () => {
    for (const cluster of [512, 4 * KiB, 64 * KiB]) {
      const run = written('3-incompressible', 16 * cluster);
      const clusters = Array.from({ length: 16 }, (_, at) => run.toString('latin1', at * cluster, (at + 1) * cluster));
      expect(new Set(clusters).size, `${cluster}`).toBe(16);
    }
    for (const name of NAMES) expect(fileOf(name).includes(0), name).toBe(false);
  });
});
