/**
 * The floor under a run: the very commands that it ran, again, by one tight shell loop a core with nothing around them. The loop
 * also keeps the time of the commands under test alone, than which no differential fuzzer can be faster.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../../src/sandbox/lane.ts';
import { areaOf } from '../../src/sandbox/scratch.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import type { Place } from '../place.ts';

/** The time in microseconds, as bash knows it without starting a program. */
const NOW = '$' + '{EPOCHREALTIME/./}';

/** How long the commands took again, in seconds: all of them, and those under test alone in the shell that they kept longest. */
export interface Replayed {
  readonly seconds: number;
  readonly testSeconds: number;
}

/** Replays the transcripts of some iterations, dealt to so many shells. */
export async function replayAll(
  transcripts: readonly (readonly TranscriptEntry[])[],
  { sandbox }: Place,
  shells: number,
): Promise<Replayed> {
  const path = areaOf(sandbox.scratch.path, 'subject');
  const lanes = await Promise.all(Array.from({ length: shells }, () => sandbox.openLanes()));
  for (const { subject } of lanes) await subject.sessionLeader();
  const started = performance.now();
  const tests = await Promise.all(
    lanes.map(async ({ subject: lane }, shell) => {
      const own = transcripts.filter((_, at) => at % shells === shell);
      const script = join(path, `replay-${shell}.bash`);
      writeFileSync(script, scriptOf(own, join(path, `replay-${shell}`), sandbox.subject), { mode: 0o644 });
      const { stdout } = await lane.run({
        directory: '/',
        argv: ['bash', script],
        timeoutSeconds: 3600,
        trusted: true,
      });
      return Number(stdout.text.trim()) / 1e6;
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const both of lanes) await sandbox.killLanes(both);
  return { seconds, testSeconds: Math.max(...tests) };
}

function scriptOf(transcripts: readonly (readonly TranscriptEntry[])[], root: string, subject: string): string {
  const iterations = transcripts.flatMap((entries) => {
    const directories = [...new Set(entries.map(({ directory }) => join(root, directory)))];
    return [
      `mkdir -p ${directories.map(shellWord).join(' ')}`,
      ...entries.filter(({ helped }) => !helped).flatMap((entry) => lines(entry, root, subject)),
      `rm -rf ${root}`,
    ];
  });
  return `T=0\nexec 3>&1 >/dev/null 2>&1 </dev/null\n${iterations.join('\n')}\necho $T >&3\n`;
}

function lines({ directory, program, args, purpose }: TranscriptEntry, root: string, subject: string): string[] {
  const name = program === 'subject' ? subject : program === 'reference' ? 'qemu-img' : program;
  const command = [name, ...args].map(shellWord).join(' ');
  const place = `cd ${shellWord(join(root, directory))}`;
  if (purpose !== 'test') return [place, command];
  return [place, `s=${NOW}`, command, `e=${NOW}; T=$((T + e - s))`];
}
