import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CanaryLine } from '../../src/report/canary-line.ts';
import { keepJson, keepText } from '../../src/report/kept.ts';
import { readOutside } from '../../src/report/merge/outside.ts';
import { FILES, type FindingLine, type IterationLine, type RunFile } from '../../src/report/record.ts';
import type { ReplayLine } from '../../src/report/replay-line.ts';
import type { TriageLine } from '../../src/report/triage-line.ts';
import { inertJson } from '../../src/trust/inert.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import type { Reason, StepOutcome } from '../../src/verdict/verdict.ts';
import { newDirectory } from '../support/cli.ts';
import { BYTES, COVERAGE, reportOf } from '../support/reports.ts';

/** One of each kind of a union, with all that it may hold: what the record gets one day does not compile until it is here. */
type OneOfEach<T extends { readonly kind: string }> = {
  readonly [K in T['kind']]: Required<Extract<T, { readonly kind: K }>>;
};

const base = { type: 'a_divergence', operation: 'convert', step: 1, mistake: 'cut' } as const;
const [subject, reference] = [
  { kind: 'signalled', signal: 11 },
  { kind: 'timed-out', seconds: 0.5 },
] as const;
const counts = { corruptions: 1, leaks: 2, errors: 3 };
const FINDINGS: OneOfEach<Finding> = {
  exit: { ...base, kind: 'exit', subject, reference, message: 'm' },
  crash: { ...base, kind: 'crash', subject: { kind: 'exited', code: 101 }, message: 'm' },
  'input-modified': { ...base, kind: 'input-modified', file: 'f' },
  json: {
    ...base,
    kind: 'json',
    what: 'w',
    differences: [{ pointer: '/p', subject: '1', reference: 'absent' }],
    as: 'lines',
  },
  unparsable: { ...base, kind: 'unparsable', what: 'w', start: '{', member: 'm' },
  content: { ...base, kind: 'content', file: 'f', offset: 1, broken: 'b', both: true, twin: true, snapshot: 's' },
  size: { ...base, kind: 'size', file: 'f', subject: 1, reference: 2, reader: 'r', snapshot: 's' },
  unreadable: { ...base, kind: 'unreadable', file: 'f', message: 'm', reader: 'r' },
  inconsistent: { ...base, kind: 'inconsistent', file: 'f', subject: counts, reference: counts },
  'above-bound': { ...base, kind: 'above-bound', what: 'w', value: 2, bound: 1, side: 'subject', member: 'required' },
};

const [command, message] = ['subject convert', 'm'];
const REASONS: OneOfEach<Reason> = {
  inconclusive_external_timeout: {
    kind: 'inconclusive_external_timeout',
    side: 'subject',
    command,
    seconds: 30,
    referenceMilliseconds: 4,
  },
  killed: { kind: 'killed', side: 'reference', command },
  missing_helper: { kind: 'missing_helper', helper: 'qemu-io' },
  fixture_failed: { kind: 'fixture_failed', command, message },
  reference_failed: { kind: 'reference_failed', command, message },
  reference_crashed: { kind: 'reference_crashed', command, message },
  reference_invariant: { kind: 'reference_invariant', says: 's', message },
  scratch_full: { kind: 'scratch_full', freeBytes: 0, neededBytes: 1 },
  limit_reached: { kind: 'limit_reached', limit: 'memory' },
  own_conversion_failed: { kind: 'own_conversion_failed', message },
  not_started: { kind: 'not_started', message },
  too_much_said: { kind: 'too_much_said', bytes: 1 },
  leads_elsewhere: { kind: 'leads_elsewhere', file: 'f' },
  flaky: { kind: 'flaky', cameBack: 1, tries: 3 },
  lane_lost: { kind: 'lane_lost', message },
  nothing_to_compare: { kind: 'nothing_to_compare' },
};

const OUTCOMES: Readonly<Record<StepOutcome['kind'], string>> = {
  ok: 'ok',
  divergent: 'divergent',
  inconclusive: 'inconclusive',
  skipped: 'skipped',
};
const TRIAGE: OneOfEach<TriageLine> = {
  bug: {
    kind: 'bug',
    fingerprint: 'a'.repeat(16),
    finding: FINDINGS.exit,
    unfinished: 'seldom',
    traits: ['format=qcow2'],
    reproduced: true,
    origin: 'introduced',
    jury: [{ juror: 'qemu-img version 7.2.0', says: 'same-size' }],
    bytes: BYTES,
    folder: `bugs/${'a'.repeat(16)}`,
    indices: [1, 4],
  },
  flaky: { kind: 'flaky', index: 3, cameBack: 1, tries: 3 },
};
const RUN: Required<Omit<RunFile, 'shards' | 'coverage'>> = {
  ...reportOf().run,
  version: 1,
  first: 7,
  kvm: true,
  timeBudgetSeconds: 60,
  failFast: true,
  shard: { number: 2, of: 3 },
  error: 'e',
};

function iterationWith(verdict: IterationLine['verdict'], index: number): IterationLine {
  const steps = Object.keys(OUTCOMES).map((outcome) => ({
    operation: 'info',
    outcome: outcome as StepOutcome['kind'],
  }));
  const phases = { fixture: 1, subject: 2, reference: 3, compare: 4, harness: 5 };
  return { index, verdict, steps, avoided: ['qcow2-zstd'], milliseconds: 15, phases };
}

const iterations = [
  iterationWith({ kind: 'ok' }, 0),
  iterationWith({ kind: 'divergent' }, 1),
  ...Object.values(REASONS).map((reason, at) => iterationWith({ kind: 'inconclusive', reason }, 2 + at)),
];
const findings = Object.values(FINDINGS).map(
  (finding, index): FindingLine => ({ version: 1, seed: '42', index, folder: `findings/${index}`, finding }),
);
const triage: TriageLine[] = Object.values(TRIAGE);
const canaries = (['as documented', 'lifted', 'changed', 'unclear'] as const).map(
  (says): CanaryLine => ({ gap: 'qcow2-zstd', says, documented: 1, agreed: 2, other: 3 }),
);
const replays: ReplayLine[] = [
  { fingerprint: 'b'.repeat(16), agrees: false },
  { fingerprint: 'c'.repeat(16), agrees: false, notTried: true },
];

describe('the record of another job', () => {
  it('comes back as it was written, whatever kind of finding and reason is in it', () => {
    const directory = newDirectory();
    mkdirSync(directory, { recursive: true });
    const keepLines = (name: string, lines: readonly object[]) =>
      keepText(directory, name, lines.map((line) => `${inertJson(line, 0)}\n`).join(''));
    keepLines(FILES.iterations, iterations);
    keepLines(FILES.findings, findings);
    keepLines(FILES.triage, triage);
    keepJson(directory, FILES.canaries, canaries);
    keepJson(directory, FILES.replays, replays);
    keepJson(directory, FILES.coverage, COVERAGE);
    keepJson(directory, FILES.run, RUN);
    const read = readOutside(directory);
    expect(read?.iterations).toEqual(iterations);
    expect(read?.findings).toEqual(findings);
    expect(read?.triage).toEqual(triage);
    expect(read).toEqual({ directory, run: RUN, iterations, findings, triage, coverage: COVERAGE, canaries, replays });
  });
});
