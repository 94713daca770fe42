/** What stands around the commands of a reproducer: how it finds the tools, and what it says at its end. */
import type { Program, ThirdReader } from '../sandbox/command.ts';
import { shellWord } from '../sandbox/lane.ts';
import { inertLine } from '../trust/inert.ts';
import type { Finding } from '../verdict/finding.ts';
import { describeFinding } from '../verdict/words.ts';

/** How each program is called in a reproducer. */
export const PROGRAMS: Readonly<Record<Program, string>> = {
  subject: '"$INSTAR"',
  reference: '"$QEMU_IMG"',
  'qemu-io': '"$QEMU_IO"',
  cp: 'cp',
  awk: 'awk',
  qcowinfo: 'qcowinfo',
  vmdkinfo: 'vmdkinfo',
  vhdiinfo: 'vhdiinfo',
};

/** The lines before all others. `lines` are those that follow; `readers` are the programs among theirs that have no variable. */
export function headOf(finding: Finding, lines: readonly string[], readers: readonly ThirdReader[]): string[] {
  return [
    '#!/bin/sh',
    `# ${inertLine(describeFinding(finding).title)}`,
    '# Set INSTAR (the subject) and, unless they are in PATH, QEMU_IMG and QEMU_IO (the reference).',
    '# Exit: 0 both agree, 1 they differ, 2 this could not run. Images stay in a new directory here.',
    'export TZ=UTC LC_ALL=C',
    ...FIND,
    ...needs(lines, readers),
    'cd "$(mktemp -d "$PWD/repro.XXXXXX")" || exit 2',
  ];
}

/** Finds a tool, by its whole path as the script changes directories; without one the script ends and says what to do. */
const FIND = [
  'cannot() { echo "cannot run: $1" >&2; exit 2; }',
  'tool() { found=$(command -v "$1") && [ -x "$found" ] || cannot "${1:-$2} not found; set $2=/path"; case $found in /*) ;; *) found=$PWD/$found ;; esac; }',
];
const FINDERS = {
  subject: 'tool "${INSTAR-}" INSTAR; INSTAR=$found',
  reference: 'tool "${QEMU_IMG:-qemu-img}" QEMU_IMG; QEMU_IMG=$found',
  'qemu-io': 'tool "${QEMU_IO:-qemu-io}" QEMU_IO; QEMU_IO=$found',
} as const;

/** Looks for what these lines call before anything is made: a missing tool must not pass for one that fails, nor two missing ones for agreement. */
function needs(lines: readonly string[], readers: readonly ThirdReader[]): string[] {
  const called = (['subject', 'reference', 'qemu-io'] as const).filter((program) =>
    lines.some((line) => line.includes(PROGRAMS[program])),
  );
  return [
    called.map((program) => FINDERS[program]).join('; '),
    ...readers.map((reader) => `command -v ${reader} >/dev/null || cannot '${reader} not found in PATH'`),
  ];
}

/** The lines after all others: whether the sides differ, by the variable `differ`, and what was found before. */
export function footOf(finding: Finding): string[] {
  const { expected, got } = describeFinding(finding);
  return [
    `[ "\${differ:-0}" = 0 ] && echo "The sides agree." && exit 0`,
    // Not echo: in some shells it would act on the backslashes of an escaped text.
    `printf '%s\\n' 'They differ. Found before:' \\`,
    `  ${shellWord(`  expected: ${inertLine(expected)}`)} \\`,
    `  ${shellWord(`  got:      ${inertLine(got)}`)}`,
    'echo "This time: reference exit ${reference:-?}, subject exit ${subject:-?}; images in $PWD"',
    'exit 1',
  ];
}
