import { type History, NO_HISTORY } from '../../src/history/history.ts';
import type { Configuration } from '../../src/report/configuration.ts';
import type { Coverage } from '../../src/report/coverage.ts';
import type { FindingLine } from '../../src/report/record.ts';
import type { BugLine, Report } from '../../src/report/report.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { findingsWith } from './bugs.ts';

/** A run of a hundred iterations that found nothing. */
export function reportOf(changes: Partial<Report> = {}): Report {
  const phases = { fixture: 200, subject: 400, reference: 200, compare: 100, harness: 100 };
  const operations = ['convert', 'info'].map((operation) => ({ operation, ran: 50, skipped: 2, ...OK }));
  return {
    directory: '/report',
    run: RUN,
    verdict: 'ok',
    finished: 100,
    asked: 100,
    counts: { ok: 99, divergent: 0, inconclusive: 1 },
    operations,
    bugs: [],
    carried: [],
    shownBy: new Map(),
    history: NO_HISTORY,
    standings: new Map(),
    unexplained: [],
    flaky: [],
    reasons: [{ reason: 'the subject ran longer than 30 s (subject info)', times: 1 }],
    suspicious: 0,
    phases,
    canaries: [],
    replays: [],
    untried: 0,
    gaps: [{ gap: 'qcow2-zstd', times: 12 }],
    coverage: undefined,
    damaged: [],
    ...changes,
  };
}

const OK = { ok: 50, divergent: 0, inconclusive: 0 };

/** What a run was asked to do, with these changes. */
export function configurationOf(changes: Partial<Configuration> = {}): Configuration {
  return {
    program: 'disk-image-differential-fuzz 0',
    seed: '42',
    iterations: 100,
    operations: ['convert', 'info'],
    instar: '/work/instar',
    image: 'instar-build',
    containerEngine: 'docker',
    timeoutSeconds: 30,
    lanes: 2,
    liftedGaps: [],
    gapsFile: '',
    subjectVersion: 'instar 1',
    juryVersions: ['qemu-img version 7.2.0'],
    referenceVersion: 'qemu-img version 10.0.13',
    ...changes,
  };
}

const RUN: Report['run'] = {
  ...configurationOf(),
  version: 1,
  state: 'finished',
  startedAt: '2026-11-24T09:00:00.000Z',
  seconds: 12,
};

/** A bug with this finding; its fingerprint is the number. */
export function bugLineOf(number: number, finding: Finding, changes: Partial<BugLine> = {}): BugLine {
  const fingerprint = number.toString(16).padStart(16, '0');
  return {
    kind: 'bug',
    fingerprint,
    folder: `bugs/${fingerprint}`,
    finding,
    traits: ['format=qcow2'],
    reproduced: true,
    origin: 'introduced',
    jury: [{ juror: 'qemu-img version 7.2.0', says: 'reference' }],
    indices: [number],
    ...changes,
  };
}

/** A finding of each kind that no bug accounts for, whose every text is `text`, from this iteration on. */
export function lineOfEachKind(text: string, from = 0): FindingLine[] {
  return Object.values(findingsWith(text)).map((finding, at) => {
    const index = from + at;
    return { version: 1, seed: '42', index, folder: `findings/${index}`, finding };
  });
}

/** Two disks of a megabyte that differ in their second half. */
export const BYTES: NonNullable<BugLine['bytes']> = {
  size: 1_048_576,
  window: [0, 1_048_576],
  ranges: [[524_288, 1_048_576]],
  more: false,
  start: 524_256,
  expected: '00'.repeat(32) + 'ab'.repeat(224),
  got: '00'.repeat(256),
};

/** Three values of two options, one pair of which was never drawn. */
export const COVERAGE: Coverage = {
  convert: {
    values: { 'format=raw': 3, 'size=whole MiB': 2, 'size=odd': 1, 'format=qcow2': 0 },
    pairs: {
      'format=raw size=whole MiB': 2,
      'format=raw size=odd': 1,
      'size=whole MiB format=qcow2': 0,
      'size=odd format=qcow2': 0,
    },
    neverValues: ['format=qcow2'],
    neverPairs: ['size=whole MiB format=qcow2', 'size=odd format=qcow2'],
  },
};

/** Three earlier nights. */
export const HISTORY: History = {
  progress: [],
  runs: ['21', '22', '23'].map((day, at) => ({
    id: day,
    date: `2026-11-${day}`,
    seconds: 10,
    ok: 98 - at,
    divergent: 1 + at,
    inconclusive: 1,
    bugs: at,
  })),
  bugs: [],
};
