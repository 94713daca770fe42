import { INPUT_NAMES, INPUTS } from '../inputs/definitions.ts';

/** The help text; the flags are the action's inputs. */
export function helpText(): string {
  return `Runs instar and qemu-img on the same random disk images and reports where they differ.

Usage:
  script/fuzz [fuzz] [flags]                 fuzz; without --instar the reference is run against itself
  script/fuzz --demo                         fuzz a subject with a planted data-loss bug, to see a finding: about a minute, ends with 1
  script/fuzz plan [SEED/INDEX] [flags]      print plans as JSON, without touching the disk
  script/fuzz replay WHAT [flags]            run one plan again; WHAT is a finding's folder, a plan.json or SEED/INDEX
  script/fuzz report DIRECTORY [flags]       merge the records of all shards below a directory
  script/fuzz --help | --version

Flags:
${INPUT_NAMES.map(flagLine).join('\n')}

Exit codes: 0 nothing that --fail-on names, 1 something that it names, 2 wrong usage, 3 could not run, 130 stopped by a signal.`;
}

function flagLine(name: (typeof INPUT_NAMES)[number]): string {
  const { default: byDefault, description } = INPUTS[name];
  const preset = byDefault === '' || byDefault === 'false' ? '' : ` (default ${byDefault})`;
  return `  --${name.padEnd(29)} ${description}${preset}`;
}
