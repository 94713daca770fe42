import { info, setOutput } from '@actions/core';
import type { History } from '../history/history.ts';
import type { Merging } from '../inputs/merging.ts';
import { mergeRecords } from '../report/merge/merge.ts';
import { type Report, writeHistory } from '../report/report.ts';
import { CannotRun } from '../sandbox/host.ts';
import { reportOn } from '../session/session.ts';
import { inertLine } from '../trust/inert.ts';
import { rememberTraces } from './state.ts';
import { warn } from './warn.ts';

/** Brings the records of all shards together, with the history that was known before. Throws CannotRun where there is none. */
export function mergeShards({ reports, reportDirectory }: Merging, history: History): Report {
  const merged = mergeRecords(reports, reportDirectory);
  if (merged === undefined) {
    throw new CannotRun(
      `Input "reports": there is no record (run.json) below ${reports}. Upload the report directory of each shard.`,
    );
  }
  // A step that is cancelled while it files has said where its record lies, and leaves the report to `post`.
  rememberTraces({ reportDirectory });
  setOutput('report-dir', reportDirectory);
  info(inertLine(`Seed: ${merged.seed}`));
  writeHistory(reportDirectory, history);
  return reportOn(reportDirectory, { warn });
}
