/** How much a report says of which bugs there are, and so what may follow from it. */
import { REFERENCE } from '../sandbox/sandbox.ts';
import type { Report } from './report.ts';

/** A run of a subject: what only calibrates, or steps into known gaps, says nothing about which bugs there are, and of a shard the merged run tells. */
function isOfSubject({ run }: Report): boolean {
  return run.shard === undefined && run.instar !== REFERENCE && run.liftedGaps.length === 0;
}

/** The whole of it: what was stopped does not say which bugs are gone. */
export function isWhole(report: Report): boolean {
  return isOfSubject(report) && report.run.state === 'finished';
}

/** What was found is found, though the run failed later on or a shard is missing. Who stops a run wants nothing more of it. */
export function mayBeTold(report: Report): boolean {
  return isWhole(report) || (isOfSubject(report) && (report.run.shards !== undefined || report.run.state === 'failed'));
}
