/** Lines of shell that compare the JSON of both sides, on machines where nothing but the reference reads JSON. */
import type { Finding } from '../verdict/finding.ts';

/** A JSON output without the white space in which the tools differ. */
const packed = (side: string) => `tr -d ' \\n' <${side}.out`;

/** Names of members that can stand in a script's pattern as they are. The tools' own names are all of this form. */
const PLAIN_NAME = /^[A-Za-z0-9_-]{1,60}$/;

/** Leaves of a packed JSON object only its own members: a layer below it, or an extent, may have members of the same names. */
const OWN_MEMBERS = ` | sed -e 's/^{\\(.*\\)}$/\\1/' -e :a -e 's/{[^{}]*}/object/g' -e 's/\\[[^][]*\\]/array/g' -e ta`;

/**
 * Leaves of a packed list of extents where this member becomes another, however they are cut: each tool joins what it likes. Data that
 * happen to be zeros are no zeros, as that is asked of the file system. A map tells the start of an extent first.
 */
const changesOf = (name: string) =>
  ` | tr '{' '\\n' | sed -n -e 's/"zero":true,"data":true/"zero":false,"data":true/' -e 's/^"start":\\([0-9]*\\),.*"${name}":\\([^,}]*\\).*/\\1 \\2/p' | uniq -f 1`;

/** Leaves of a packed document how many parts this list in it has, and of what kind each is: one that is there on one side only is the difference. */
const partsOf = (name: string) =>
  ` | sed -e 's/^.*"${name}":\\[//' -e :a -e 's/{[^{}]*}/object/g' -e 's/\\[[^][]*\\]/array/g' -e ta -e 's/\\].*//'`;

/**
 * Compares what a pointer names in both outputs, which are read as the finding says: the member of JSON, or of a list of extents, or one line; the
 * whole outputs where it names no member or a strange one.
 */
export function compareAt(pointer: string, as?: (Finding & { kind: 'json' })['as']): string[] {
  if (as === 'lines') return compareLine(Number(pointer.slice(1)) + 1);
  const names = pointer.split('/').slice(1);
  const name = names.findLast((part) => !/^\d+$/.test(part));
  if (name === undefined || !PLAIN_NAME.test(name)) return sameOutput('');
  if (as === 'extents') return sameOutput(changesOf(name));
  if (name !== names.at(-1)) return sameOutput(partsOf(name));
  const own = names.length === 1 ? OWN_MEMBERS : '';
  return sameOutput(`${own} | grep -o '"${name}":[^,}]*'`);
}

/** Compares one line of what both printed, counted from 1: what they print need not be JSON. */
function compareLine(line: number): string[] {
  const [ours, theirs] = ['subject', 'reference'].map((side) => `$(sed -n ${line}p ${side}.out)`);
  return [`[ "${ours}" = "${theirs}" ] || differ=1`];
}

/** Compares a counter of both JSON outputs; a missing one and zero are the same. */
export function compareCounter(name: string): string[] {
  return sameOutput(` | grep -o '"${name}":[1-9][0-9]*'`);
}

/** Compares what both printed, behind a filter. */
export function sameOutput(filter: string): string[] {
  return [`[ "$(${packed('subject')}${filter})" = "$(${packed('reference')}${filter})" ] || differ=1`];
}
