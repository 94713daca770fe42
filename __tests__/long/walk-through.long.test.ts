import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, readRecord } from '../support/cli.ts';
import { blocksOf } from '../support/pages.ts';
import { NODE_24, REPOSITORY } from '../support/paths.ts';
import { type Ended, run } from '../support/process.ts';
import { reproduce } from '../support/reproduce.ts';

const PAGE = 'docs/adding-an-operation.md';
const copy = join(newDirectory(), 'copy');
const wrapper = join(copy, 'testing/planted/bench-starts-at-the-beginning');

/** Does in a copy of the sources what the page says. */
beforeAll(() => {
  mkdirSync(copy);
  for (const name of ['src', 'package.json', 'tsconfig.json']) {
    cpSync(join(REPOSITORY, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  const [file = '', line = ''] = blocksOf(PAGE, 'ts');
  writeFileSync(join(copy, 'src/operations/bench.ts'), file);
  const registry = join(copy, 'src/operations/registry.ts');
  writeFileSync(registry, `${readFileSync(registry, 'utf8')}${line}`);
  mkdirSync(join(copy, 'testing/planted'), { recursive: true });
  writeFileSync(wrapper, blocksOf(PAGE, 'sh').find((block) => block.startsWith('#!')) ?? '');
  chmodSync(wrapper, 0o755);
});

const fuzz = (...words: string[]): Promise<Ended> =>
  run(NODE_24, [join(copy, 'src/cli.ts'), '--operations', 'bench', '--seed', 'bench', ...words], { cwd: copy });

describe('the operation of the walk-through', () => {
  it('has the types that it must have', async () => {
    const { code, stdout } = await run(join(REPOSITORY, 'node_modules/.bin/tsc'), ['--noEmit', '-p', copy]);
    expect([code, stdout]).toEqual([0, '']);
  });

  it('never shows a difference of the reference to itself', async () => {
    const { code, stdout } = await fuzz('--iterations', '10');
    expect(stdout).toContain('ok: 10 ok, 0 divergent, 0 inconclusive of 10 iterations');
    expect(code).toBe(0);
  });

  it('finds its planted bug, as what the header of the wrapper says, with a script that shows it', async () => {
    const report = join(copy, 'report');
    const { code } = await fuzz('--iterations', '4', '--instar', wrapper, '--shrink', 'false', '--report-dir', report);
    expect(code).toBe(1);
    const [, expected] = /^# Expected: (\w+)$/m.exec(readFileSync(wrapper, 'utf8')) ?? [];
    const { findings } = readRecord(report);
    expect(new Set(findings.map(({ finding }) => finding.type))).toEqual(new Set([expected]));
    const folder = join(report, findings[0]?.folder ?? '');
    // How long it took is never the same twice: the script must not look at that.
    expect((await reproduce(folder, wrapper)).code).toBe(1);
    expect((await reproduce(folder, 'qemu-img')).code).toBe(0);
  });
});
