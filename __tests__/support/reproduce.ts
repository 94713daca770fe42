import { basename, dirname, join } from 'node:path';
import type { FindingLine } from '../../src/report/record.ts';
import { IMAGE } from './paths.ts';
import { type Ended, run } from './process.ts';

/** Runs a reproducer alone, in a new container that holds nothing but the reference. `subject` is a file here, or `qemu-img`. */
export function reproduce(directory: string, { folder }: FindingLine, subject: string): Promise<Ended> {
  const isFile = subject.includes('/');
  const mounts = [
    '-v',
    `${join(directory, folder)}:/finding:ro`,
    ...(isFile ? ['-v', `${dirname(subject)}:/try:ro`] : []),
  ];
  const name = isFile ? `/try/${basename(subject)}` : subject;
  const script = `cd /tmp && INSTAR=${name} sh /finding/repro.sh`;
  return run('docker', ['run', '--rm', '--network', 'none', ...mounts, IMAGE, 'sh', '-c', script]);
}
