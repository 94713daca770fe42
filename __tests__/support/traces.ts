import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Part } from '../../src/sandbox/scratch.ts';

/** Everything that the run of a process may have left: containers, scratch directories, processes. */
export function tracesOf(pid: number | undefined): string[] {
  const containers = execFileSync('docker', ['ps', '-a', '--format', '{{.Names}}'], { encoding: 'utf8' }).split('\n');
  const scratch = ['/dev/shm', tmpdir()].flatMap((place) => readdirSync(place).map((name) => `${place}/${name}`));
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  const own = new RegExp(`differential-fuzz[.-][0-9a-f]+[.-]${pid}[.-]`);
  return [...containers, ...scratch, ...processes].filter((text) => own.test(text));
}

/** The name of the running container of a part of a process's run, or none. */
export function containersOf(pid: number | undefined, part: Part): string[] {
  const names = execFileSync('docker', ['ps', '--format', '{{.Names}}'], { encoding: 'utf8' }).split('\n');
  return names.filter((name) => name.includes(`-${pid}-`) && name.endsWith(`-${part}`));
}
