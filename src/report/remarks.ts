import { REFERENCE } from '../sandbox/sandbox.ts';
import { counted } from '../verdict/counted.ts';
import type { RunFile } from './record.ts';
import type { Report } from './report.ts';

/** How the iterations that finished relate to those that were asked for, as the end of a sentence; empty where all of them did. */
export function askedWords({ finished, asked, run }: Report): string {
  const of = run.shards === undefined ? '' : ` in ${run.shards} shards`;
  const part = run.shard === undefined ? of : `, shard ${run.shard.number} of ${run.shard.of}`;
  if (finished >= asked) return part;
  const isOver = run.state === 'finished' && run.timeBudgetSeconds !== undefined && run.failFast !== true;
  const why = isOver ? `; the time budget of ${run.timeBudgetSeconds} s was used up` : '';
  return `${part} (${asked} were asked for${why})`;
}

/** What a report may lack: what a run could not judge, and what is damaged in its record; nothing where it lacks nothing. */
export function suspicionOf({ suspicious, damaged }: Report): string[] {
  const where = `In ${counted(suspicious, 'iteration')} the subject ran out of time where the reference needed less than a second`;
  return [
    ...(suspicious === 0 ? [] : [`${where}: this may be a crash.`]),
    ...(damaged.length === 0 ? [] : [`Damaged in the record, and so not all told here: ${damaged.join(', ')}.`]),
  ];
}

/** What has to be known of a run before its numbers are believed, in sentences of ours. */
export function remarksOn({ state, liftedGaps, instar, containerEngine }: RunFile): string[] {
  return [
    ...(state === 'interrupted' ? ['The run was stopped before its end; all that had finished is counted.'] : []),
    ...(state === 'running' ? ['The run was killed; all that had finished by then is counted.'] : []),
    ...(liftedGaps.length === 0
      ? []
      : [`This run did not steer around these known gaps, so no issue is filed for it: ${liftedGaps.join(', ')}.`]),
    ...(containerEngine === 'none'
      ? ['No container was used: the subject had the files, the environment and the network of the user that ran this.']
      : []),
    ...(instar === REFERENCE
      ? ['This was a calibration: the reference ran against itself, so any divergence is a fault of the fuzzer.']
      : []),
  ];
}
