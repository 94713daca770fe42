import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bugOf } from '../../src/action/bugs.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import { Record } from '../../src/report/record.ts';
import { allBugs, readReport } from '../../src/report/report.ts';
import { plansOf } from '../../src/session/plans.ts';
import { bug } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { BYTES, reportOf } from '../support/reports.ts';

it('a bug comes back from the record as it was ruled', () => {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  const record = new Record(directory, reportOf().run, OPERATIONS);
  const plan = plansOf('42', OPERATION_NAMES)(7);
  const sightings = [{ seed: '42', index: 7 }];
  const ruled = bug('a', { plan, sightings, bytes: BYTES, unfinished: 'seldom', traits: ['format=qcow2'] });
  record.rule({ kind: 'bug', bug: ruled, shown: { plan, finding: ruled.finding, transcript: [] } });
  record.end('finished');
  const report = readReport(directory);
  expect(allBugs(report).map((line) => bugOf(report, line))).toEqual([ruled]);
});
