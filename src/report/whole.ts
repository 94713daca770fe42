/** How much a report says of which bugs there are, and so what may follow from it. */
import { REFERENCE } from '../sandbox/sandbox.ts';
import type { Report } from './report.ts';

/** A run of a subject: what only calibrates, or steps into known gaps, says nothing about which bugs there are, and of a shard the merged run tells. */
function isOfSubject({ run }: Report): boolean {
  return run.shard === undefined && run.instar !== REFERENCE && run.liftedGaps.length === 0;
}

/** The whole of it: what was stopped, or is damaged by now, does not say which bugs are gone. */
export function isWhole(report: Report): boolean {
  return isOfSubject(report) && report.run.state === 'finished' && report.damaged.length === 0;
}

/** What was found is found, though the run failed later on or a shard is missing. Who stops a run wants nothing more of it. */
export function mayBeTold(report: Report): boolean {
  const { shards, state } = report.run;
  return isOfSubject(report) && (state === 'finished' || state === 'failed' || shards !== undefined);
}
