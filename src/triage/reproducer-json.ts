/** Lines of shell that compare the JSON of both sides, on machines where nothing but the reference reads JSON. */

/** A JSON output without the white space in which the tools differ. */
const packed = (side: string) => `tr -d ' \\n' <${side}.out`;

/** Names of members that can stand in a script's pattern as they are. The tools' own names are all of this form. */
const PLAIN_NAME = /^[A-Za-z0-9_-]{1,60}$/;

/** Leaves of a packed JSON object only its own members: a layer below it, or an extent, may have members of the same names. */
const OWN_MEMBERS = ` | sed -e 's/^{\\(.*\\)}$/\\1/' -e :a -e 's/{[^{}]*}/object/g' -e 's/\\[[^][]*\\]/array/g' -e ta`;

/** Compares the member of both JSON outputs that a pointer names, or the whole outputs where it names none or a strange one. */
export function compareMember(pointer: string): string[] {
  const names = pointer.split('/').slice(1);
  const name = names.findLast((part) => !/^\d+$/.test(part));
  if (name === undefined || !PLAIN_NAME.test(name)) return sameOutput('');
  const own = names.length === 1 ? OWN_MEMBERS : '';
  return sameOutput(`${own} | grep -o '"${name}":[^,}]*'`);
}

/** Compares a counter of both JSON outputs; a missing one and zero are the same. */
export function compareCounter(name: string): string[] {
  return sameOutput(` | grep -o '"${name}":[1-9][0-9]*'`);
}

/** Compares what both printed, behind a filter. */
export function sameOutput(filter: string): string[] {
  return [`[ "$(${packed('subject')}${filter})" = "$(${packed('reference')}${filter})" ] || differ=1`];
}
