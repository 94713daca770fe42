import type { PageFinding } from '../report/page/model.ts';

const numbers = new Intl.NumberFormat('en');

/** A number for people. */
export function count(value: number): string {
  return numbers.format(value);
}

/** A number of things. */
export function counted(value: number, one: string): string {
  return `${count(value)} ${value === 1 ? one : `${one}s`}`;
}

/** A share of a whole for people. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

/** A place on a disk. */
export function offset(value: number): string {
  return `0x${value.toString(16)}`;
}

const STANDINGS: Readonly<Record<string, string>> = {
  new: 'new',
  known: 'known',
  elsewhere: 'only on other branches',
  regression: 'regression',
  accepted: 'accepted',
  pending: 'new, filed by the next run',
  unfinished: 'smallest case not known yet',
  'not-filed': 'no issue yet',
  flaky: 'flaky',
};

/** How a finding stands with what was known before, in a word or two. */
export function standingWords({ standing }: PageFinding): string {
  return STANDINGS[standing] ?? '';
}
