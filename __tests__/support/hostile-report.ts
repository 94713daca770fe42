import type { Report } from '../../src/report/report.ts';
import { findingsWith } from './bugs.ts';
import { BYTES, bugLineOf, COVERAGE, HISTORY, lineOfEachKind, reportOf } from './reports.ts';

/** A report with a part of each kind, in which every text that others may have written is `text`. */
export function reportWith(text: string): Report {
  const plain = reportOf();
  const versions = { subjectVersion: text, referenceVersion: text, juryVersions: [text, text] };
  const names = { program: text, seed: text, instar: text, image: text, gapsFile: text, error: text };
  const vote = { juror: text, says: 'subject' } as const;
  const bugs = Object.values(findingsWith(text)).map((finding, at) =>
    bugLineOf(at, finding, { traits: [`mistake=${text}`, text], jury: [vote], folder: `bugs/${text}`, bytes: BYTES }),
  );
  const [first, ...unexplained] = lineOfEachKind(text).map((line) => ({ ...line, folder: `findings/${text}` }));
  const counted = { documented: 1, agreed: 1, other: 1 };
  const said = ['as documented', 'lifted', 'changed', 'unclear', 'not tried'] as const;
  return {
    ...reportOf({
      directory: text,
      verdict: 'divergent',
      bugs,
      carried: bugs.slice(0, 2).map((bug) => ({ ...bug, indices: [] })),
      unexplained,
      flaky: first === undefined ? [] : [first],
      reasons: [{ reason: text, times: 3 }],
      suspicious: 1,
      gaps: [{ gap: text, times: 2 }],
      canaries: said.map((says) => ({ gap: text, says, ...counted })),
      history: HISTORY,
    }),
    run: { ...plain.run, ...versions, ...names, coverage: coverageWith(text) },
  };
}

function coverageWith(text: string) {
  const total = { values: [1, 2], pairs: [1, 2], neverValues: [text, text] } as const;
  return Object.fromEntries(Object.keys(COVERAGE).map((name) => [name, total]));
}
