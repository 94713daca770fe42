import { info, setOutput } from '@actions/core';
import type { Filing } from '../inputs/filing.ts';
import type { Merging } from '../inputs/merging.ts';
import { mergeRecords } from '../report/merge.ts';
import { type Report, writeHistory } from '../report/report.ts';
import { CannotRun } from '../sandbox/host.ts';
import { reportOn } from '../session/session.ts';
import { inertLine } from '../trust/inert.ts';
import { restoreHistory } from './cache.ts';
import { rememberTraces } from './state.ts';
import { warn } from './warn.ts';

/** Brings the records of all shards together, with what was known before. Throws CannotRun where there is none. */
export async function mergeShards({ reports, reportDirectory }: Merging, { labels: [label] }: Filing): Promise<Report> {
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
  writeHistory(reportDirectory, await restoreHistory(label));
  return reportOn(reportDirectory, { warn });
}
