import { chmodSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { IMAGE } from './paths.ts';
import { type Ended, run } from './process.ts';

/** Runs a finding's reproducer alone, in a new container that holds nothing but the reference. `subject` is a file here, or `qemu-img`. */
export function reproduce(folder: string, subject: string): Promise<Ended> {
  chmodSync(folder, 0o755);
  const isFile = subject.includes('/');
  const mounts = ['-v', `${folder}:/finding:ro`, ...(isFile ? ['-v', `${dirname(subject)}:/try:ro`] : [])];
  const name = isFile ? `/try/${basename(subject)}` : subject;
  const script = `cd /tmp && INSTAR=${name} sh /finding/repro.sh`;
  return run('docker', ['run', '--rm', '--network', 'none', ...mounts, IMAGE, 'sh', '-c', script]);
}
