import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Pipes } from './pipes.ts';

/** Time for what was said last to arrive. Its streams may be held open by what it started, long after it is gone. */
const LAST_WORDS_MILLISECONDS = 100;

/** A program that stays, with its three streams. Errors of the streams are nobody's: that it is gone is told by its end. */
export interface Resident {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, in words behind a name, once it has or could not be started. Never rejects. */
  readonly ended: Promise<string>;
  /** Lets go of it at once, which ends what is only told what to do by its input. */
  kill(): void;
}

/** A program that was started right here. */
export function residentHere(child: ChildProcessWithoutNullStreams): Resident {
  return resident(child, child, () => '');
}

/** A program that took named pipes for its streams, and the process on this side that lives as long as it; what that one complains of is told with its end. */
export function residentBehind(child: ChildProcess, pipes: Pipes): Resident {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(0, 300);
  });
  const one = resident(child, pipes, () => complaint.trim());
  void one.ended.then(() => pipes.remove());
  return one;
}

type Streams = Pick<Resident, 'stdin' | 'stdout' | 'stderr'>;

function resident(child: ChildProcess, { stdin, stdout, stderr }: Streams, complaint: () => string): Resident {
  const streams = [stdin, stdout, stderr];
  const letGo = () => {
    for (const stream of streams) stream.destroy();
  };
  for (const stream of streams) stream.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(`cannot be started: ${message}`));
    child.once('exit', (code, signal) => {
      const tell = () => resolve(`ended (${signal ?? `exit code ${code}`}) ${complaint()}`.trim());
      child.once('close', tell);
      setTimeout(tell, LAST_WORDS_MILLISECONDS);
    });
  });
  void ended.then(letGo);
  return {
    ...{ stdin, stdout, stderr, ended },
    kill() {
      child.kill('SIGKILL');
      letGo();
    },
  };
}
