import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { IMAGE } from './paths.ts';
import { type Ended, run } from './process.ts';

/** A container that holds nothing but the reference, for many reproducers: each leaves its images in a directory of its own. */
export class CleanRoom {
  readonly #id: string;

  /** Opens it with the reproducers' directory and the subjects' in it. */
  constructor(reproducers: string, subjects: string) {
    chmodSync(reproducers, 0o755);
    const mounts = ['-v', `${reproducers}:/findings:ro`, '-v', `${subjects}:/try:ro`];
    const args = ['run', '-d', '--rm', '--init', '--network', 'none', ...mounts, IMAGE, 'sleep', '3600'];
    this.#id = execFileSync('docker', args, { encoding: 'utf8' }).trim();
  }

  /** Runs a reproducer by its path below their directory. `subject` is a name in the subjects' directory, or `qemu-img`. */
  reproduce(script: string, subject: string): Promise<Ended> {
    const name = subject === 'qemu-img' ? subject : `/try/${subject}`;
    const command = `cd /tmp && INSTAR=${name} sh /findings/${script}`;
    return run('docker', ['exec', this.#id, 'sh', '-c', command]);
  }

  /** Removes it. */
  close(): void {
    execFileSync('docker', ['rm', '-f', this.#id], { stdio: 'ignore' });
  }
}

/** Runs one finding's reproducer alone, in a new container. `subject` is a file here, or `qemu-img`. */
export async function reproduce(folder: string, subject: string): Promise<Ended> {
  const isFile = subject.includes('/');
  const room = new CleanRoom(folder, isFile ? dirname(subject) : folder);
  try {
    return await room.reproduce('repro.sh', basename(subject));
  } finally {
    room.close();
  }
}
