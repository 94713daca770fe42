import { succeeded } from './exit.ts';
import { ABSENT, type Finding, type Judgement, OWN_REPORT, TYPE_ENDS } from './finding.ts';

/** How bad a difference is, the worst first. The last one is for what the reference's own versions do not agree on. */
export const SEVERITIES = [
  'data-loss',
  'corruption',
  'crash',
  'refusal',
  'metadata',
  'leniency',
  'version-dependent',
] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What each severity says, in a sentence for people. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  'data-loss': 'data that a guest or a user relies on is wrong, lost or changed, or its loss is reported as success',
  corruption: 'the image that the subject made is damaged, or the reference or a third program cannot use it',
  crash: 'the subject crashed',
  refusal: 'the subject fails where the reference works',
  metadata: 'what is said of an image differs',
  leniency: 'the subject accepts what the reference refuses',
  'version-dependent': 'another version of the reference does as the subject does',
};

/** The severity that the evidence gives. A broken invariant outranks whatever other versions do. */
export function severityOf(finding: Finding, versionDependent: boolean): Severity {
  return versionDependent && !breaksInvariant(finding) ? 'version-dependent' : ofKind(finding);
}

/** Orders by severity, the worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}

/** Whether a difference costs data, so that none can be worse. */
export function isGrave(judgement: Judgement): boolean {
  const severity = ofKind(judgement);
  return severity === 'data-loss' || severity === 'corruption';
}

/** Members of an image's description by which a guest reads other data. */
const WHAT_IS_BELOW = ['/backing-filename', '/full-backing-filename', '/backing-filename-format'];

/** What a guest sees of another image below: other data, none at all, or a disk that ends elsewhere. Tables are damaged by something else. */
const BY_WHAT_IS_BELOW: readonly Judgement['kind'][] = ['content', 'size', 'unreadable'];

/**
 * Whether a worse finding about the same files is only the consequence of an earlier one: other data, or none, where something else is below the
 * image; or beyond the end of the smaller of two disks, whose sizes differ for a guest as well. Neither damages tables, and an internal
 * snapshot keeps a size of its own.
 */
export function explains(earlier: Judgement, worse: Judgement): boolean {
  const differences = earlier.kind === 'json' ? earlier.differences : [];
  if (BY_WHAT_IS_BELOW.includes(worse.kind) && differences.some(({ pointer }) => WHAT_IS_BELOW.includes(pointer)))
    return true;
  const { subject, reference } =
    earlier.kind === 'size' ? earlier : (differences.find(({ pointer }) => pointer === '/virtual-size') ?? {});
  if (subject === undefined || reference === undefined || snapshotOf(earlier) !== snapshotOf(worse)) return false;
  if (worse.kind === 'content') return worse.offset >= Math.min(Number(subject), Number(reference));
  return worse.kind === 'size';
}

function snapshotOf(judgement: Judgement): string | undefined {
  return 'snapshot' in judgement ? judgement.snapshot : undefined;
}

function breaksInvariant(finding: Finding): boolean {
  return finding.kind === 'content' && finding.broken !== undefined;
}

function ofKind(finding: Judgement): Severity {
  switch (finding.kind) {
    case 'content':
    case 'input-modified':
      return 'data-loss';
    case 'size':
      // What lay beyond the end of a smaller disk is gone.
      return finding.subject < finding.reference ? 'data-loss' : 'metadata';
    case 'unreadable':
      return 'corruption';
    case 'inconsistent':
      return isOwnCheck(finding) ? 'metadata' : 'corruption';
    case 'crash':
      return 'crash';
    case 'exit':
      return ofEnds(finding);
    case 'json':
      return isLessOfDisk(finding) ? 'data-loss' : 'metadata';
    case 'unparsable':
    case 'above-bound':
      return 'metadata';
  }
}

/** The subject's file is described as a smaller disk, or without the image below it or its snapshots: what lay there is not read any more. */
function isLessOfDisk({ what, differences }: Judgement & { kind: 'json' }): boolean {
  if (what === OWN_REPORT) return false;
  return differences.some(
    ({ pointer, subject, reference }) =>
      (pointer === '/virtual-size' && Number(subject) < Number(reference)) ||
      (['/backing-filename', '/snapshots'].includes(pointer) && subject === ABSENT),
  );
}

function isOwnCheck({ type }: Judgement): boolean {
  return type.endsWith(TYPE_ENDS.counts) || type.endsWith(TYPE_ENDS.twinCheck);
}

function ofEnds({ type, subject, reference }: Judgement & { kind: 'exit' }): Severity {
  if (succeeded(reference)) return 'refusal';
  if (!succeeded(subject)) return 'metadata';
  // Success was the answer that nothing differs, or that all was read and written: who believes it deletes the only image that holds the data.
  const costsData = [TYPE_ENDS.identity, TYPE_ENDS.unreadable, TYPE_ENDS.unwritten].some((end) => type.endsWith(end));
  return costsData ? 'data-loss' : 'leniency';
}
