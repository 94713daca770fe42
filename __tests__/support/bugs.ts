import type { Run } from '../../src/github/body.ts';
import { PLAN_VERSION, type Plan } from '../../src/plan/plan.ts';
import type { Bug } from '../../src/triage/bug.ts';
import type { Finding } from '../../src/verdict/finding.ts';

/** A smallest plan: raw source, one plain step. */
export const plan: Plan = {
  version: PLAN_VERSION,
  seed: 'ab12',
  index: 7,
  swarm: [],
  source: { format: 'raw', size: 1_048_576, writes: [] } as unknown as Plan['source'],
  steps: [{ kind: 'run', position: 1, operation: 'convert', options: { target: 'qcow2' }, twin: 'none' }],
  avoided: [],
};

/** A finding of each kind, whose every text is `text`. */
export function findingsWith(text: string): Readonly<Record<Finding['kind'], Finding>> {
  const base = { type: text, operation: 'convert', step: 1 };
  const exits = { subject: { kind: 'exited', code: 1 }, reference: { kind: 'exited', code: 0 } } as const;
  const counts = { corruptions: 1, leaks: 0, errors: 0 };
  const differences = [{ pointer: `/${text}`, subject: text, reference: text }];
  const bound = { value: 2, bound: 1, side: 'subject', member: 'required' } as const;
  return {
    exit: { ...base, mistake: text, kind: 'exit', ...exits, message: text },
    crash: { ...base, kind: 'crash', subject: { kind: 'exited', code: 101 }, message: text },
    'input-modified': { ...base, kind: 'input-modified', file: text },
    json: { ...base, kind: 'json', what: text, differences },
    unparsable: { ...base, kind: 'unparsable', what: text, start: text, member: text },
    content: { ...base, kind: 'content', file: text, offset: 1, broken: text },
    size: { ...base, kind: 'size', file: text, subject: 1, reference: 2, reader: text },
    unreadable: { ...base, kind: 'unreadable', file: text, message: text },
    inconsistent: { ...base, kind: 'inconsistent', file: text, subject: counts, reference: counts },
    'above-bound': { ...base, kind: 'above-bound', what: text, ...bound },
  };
}

/** A bug with this digit for a fingerprint. */
export function bug(digit: string, changes: Partial<Bug> = {}): Bug {
  return {
    fingerprint: digit.repeat(16),
    finding: {
      type: 'content_divergence',
      operation: 'commit',
      step: 1,
      kind: 'content',
      file: 'base.raw',
      offset: 65_536,
    },
    plan,
    reproducer: '#!/bin/sh\n"$QEMU_IMG" create -f qcow2 a.qcow2 1M\n"$INSTAR" convert a.qcow2 b.raw\n',
    traits: [],
    origin: 'unknown',
    jury: [],
    reproduced: true,
    sightings: [{ seed: 'ab12', index: 7 }],
    ...changes,
  };
}

/** The run with this id, on the day `2026-11-<id>`, a day after what was done to issues before it. */
export function runOf(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    url: `https://github.example/owner/repo/actions/runs/${id}`,
    elsewhere: false,
    date: `2026-11-${id.padStart(2, '0').slice(-2)}`,
    testedAsOf: new Date(Date.now() + 86_400_000).toISOString(),
    seed: 'ab12',
    program: 'disk-image-differential-fuzz 0.1.0, owner/action@0123abc',
    drawnWith: [],
    subjectVersion: 'instar 0.1',
    referenceVersion: 'qemu-img version 10.0.13',
    image: 'instar-build',
    ...changes,
  };
}
