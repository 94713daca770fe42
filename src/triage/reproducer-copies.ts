/** Copies in a reproducer: what both sides begin with is copied in one line. */
import { shellWord } from '../sandbox/lane.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import { succeeded } from '../verdict/exit.ts';

/** Two copies of the same, one for each side, are one thing to a reader. */
export function paired(entries: readonly TranscriptEntry[]): [TranscriptEntry, TranscriptEntry?][] {
  const groups: [TranscriptEntry, TranscriptEntry?][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && last[1] === undefined && isSameCopy(last[0], entry)) last[1] = entry;
    else groups.push([entry]);
  }
  return groups;
}

function isSameCopy(one: TranscriptEntry, other: TranscriptEntry): boolean {
  const neutral = ({ args, directory }: TranscriptEntry) =>
    JSON.stringify([directory, ...args.with(-1, behindSide(args))]);
  const areCopies = [one, other].every(({ program, exit }) => program === 'cp' && succeeded(exit));
  return areCopies && one.side !== other.side && neutral(one) === neutral(other);
}

/** The line of the script that makes two such copies. */
export function copyLine(one: TranscriptEntry, other: TranscriptEntry): string {
  const from = one.args.slice(0, -1).map(shellWord).join(' ');
  return `for side in ${one.side} ${other.side}; do cp ${from} "$side"/${shellWord(behindSide(one.args))} || exit 2; done`;
}

/** The target of a copy without the side's own directory. */
function behindSide(args: readonly string[]): string {
  return (args.at(-1) ?? '').replace(/^(?:subject|reference)\//, '');
}
