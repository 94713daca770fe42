import { pageDataOf } from '../../src/report/page/data.ts';
import type { PageData } from '../../src/report/page/model.ts';
import type { Report } from '../../src/report/report.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { findingsWith } from './bugs.ts';
import { BYTES, bugLineOf, COVERAGE, HISTORY, lineOfEachKind, reportOf } from './reports.ts';

/** The reproducer of every finding here. */
export const SCRIPT = '#!/bin/sh\n"$QEMU_IMG" create -f qcow2 a.qcow2 1M\n"$INSTAR" convert a.qcow2 "b <&> ‘c’.raw"\n';

/** What the page shows of a report with these changes. */
export function dataWith(changes: Partial<Report>, script = SCRIPT): PageData {
  return pageDataOf(reportOf({ coverage: COVERAGE, ...changes }), () => script);
}

/** The order in which a report has its bugs, as severities are ranked in words: written here, so that the page is not compared with itself. */
const WORST_FIRST: readonly Finding['kind'][] = [
  ...(['content', 'input-modified', 'size', 'unreadable', 'inconsistent'] as const),
  ...(['crash', 'exit', 'json', 'unparsable', 'above-bound'] as const),
];

/** A run with findings of every kind and in every state, in which every text of the subject is `text`. */
export function manifoldData(text = 'some words', script = SCRIPT): PageData {
  const findings = findingsWith(text);
  const bugs = WORST_FIRST.map((kind, at) =>
    bugLineOf(at, at % 2 === 0 ? findings[kind] : { ...findings[kind], operation: 'info' }, {
      traits: [text],
      jury: [{ juror: text, says: 'reference' }],
      ...(kind === 'content' && { bytes: BYTES }),
    }),
  );
  const states = ['new', 'known', 'regression', 'accepted', 'pending', 'not-filed'] as const;
  const standings = bugs.map(({ fingerprint }, at) => {
    const issue = { number: at + 1, url: `https://github.example/o/r/issues/${at + 1}` };
    return [fingerprint, { fingerprint, state: states[at % 6] ?? 'new', issue }] as const;
  });
  const run = { ...reportOf().run, error: text, instar: text, subjectVersion: text };
  return dataWith(
    {
      run,
      bugs,
      verdict: 'divergent',
      counts: { ok: 80, divergent: 15, inconclusive: 5 },
      standings: new Map(standings),
      history: HISTORY,
      unexplained: lineOfEachKind(text),
      flaky: lineOfEachKind(text, 20),
      reasons: [{ reason: text, times: 5 }],
      canaries: [{ gap: 'qcow2-zstd', says: 'lifted', documented: 0, agreed: 5, other: 0 }],
    },
    script,
  );
}

/** Two bugs for each of these texts, and the texts in all other places where there can be many. */
export function dataOfAll(texts: readonly string[]): PageData {
  const bugs = texts.flatMap((text, at) => {
    const { json, exit } = findingsWith(text);
    const more = { traits: [text], jury: [{ juror: text, says: 'reference' as const }] };
    return [bugLineOf(2 * at, json, more), bugLineOf(2 * at + 1, exit, more)];
  });
  const reasons = texts.map((reason) => ({ reason, times: 1 }));
  const gaps = texts.map((gap) => ({ gap, times: 1 }));
  const run = { ...reportOf().run, juryVersions: texts, error: texts.join(' '), instar: texts.join(' ') };
  return dataWith({ bugs, reasons, gaps, run, verdict: 'divergent' }, texts.join('\n').slice(0, 5000));
}

/** So many bugs: more than the page lists at first, or, as it is, more than it holds. */
export function manyBugs(length = 1200): PageData {
  const kinds = Object.values(findingsWith('some words'));
  const bugs = Array.from({ length }, (_, at) => {
    const finding = kinds[at % kinds.length] ?? kinds[0];
    return finding ? [bugLineOf(at, finding, finding.kind === 'content' ? { bytes: BYTES } : {})] : [];
  });
  return dataWith({ bugs: bugs.flat(), verdict: 'divergent', history: HISTORY }, SCRIPT.repeat(10));
}
