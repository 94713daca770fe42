import type { KeptFiles } from './kept.ts';
import { phasesOf } from './phases.ts';
import { FILES, type FindingLine, type IterationLine } from './record.ts';
import type { TriageLine } from './triage-line.ts';

/** What grows while a run goes on. */
export interface RecordLines {
  readonly iterations: readonly IterationLine[];
  readonly findings: readonly FindingLine[];
  readonly triage: readonly TriageLine[];
}

/** The lines of a record, also of a run that was killed or ran out of disk: a line that is not whole does not count. */
export function readRecordLines(files: KeptFiles): RecordLines {
  const iterations = files.lines(FILES.iterations) as readonly IterationLine[];
  const findings = files.lines(FILES.findings) as readonly FindingLine[];
  return {
    iterations: [...iterations, ...cutShort(iterations, findings)],
    findings,
    triage: files.lines(FILES.triage) as readonly TriageLine[],
  };
}

/** A finding is kept before its iteration is: where the process or the disk ended between the two, the iteration counts as what was found. */
function cutShort(iterations: readonly IterationLine[], findings: readonly FindingLine[]): IterationLine[] {
  const kept = new Set(iterations.map(({ index }) => index));
  const alone = findings.filter(({ index }) => !kept.has(index));
  return alone.map(({ index, finding }) => ({
    index,
    verdict: { kind: 'divergent' },
    steps: [{ operation: finding.operation, outcome: 'divergent' }],
    avoided: [],
    milliseconds: 0,
    phases: phasesOf([], 0),
  }));
}

/** A bug has a line when it is found and one with all its sightings: the last of each. */
export function latestBugs(lines: readonly TriageLine[]): (TriageLine & { readonly kind: 'bug' })[] {
  const bugs = lines.filter((line) => line.kind === 'bug');
  return [...new Map(bugs.map((line) => [line.fingerprint, line])).values()];
}
