import { fieldsOf } from '../operations/parts/fields.ts';
import type { Choice, Plan, Step } from '../plan/plan.ts';
import { inertJson, inertLine } from '../trust/inert.ts';
import { describeFinding } from '../verdict/words.ts';
import type { BugLine } from './report.ts';

/** A member of a condition: a field and what it is compared with, as YAML. */
type Line = readonly [name: string, comparison: string];

/** Characters of the words that a comment names. */
const MOST_NAMED = 200;

/**
 * The entry of a file of known gaps that would silence a bug, from its smallest plan, as YAML: what the plan cannot do without is a
 * condition, as far as a field says it; the rest is named in a comment, as the entry silences more than the bug. Undefined where no
 * field tells the bug from an ordinary image.
 */
export function gapEntryOf({ fingerprint, finding, traits }: BugLine, plan: Plan): string | undefined {
  const step = plan.steps.find((one) => one.kind === 'run' && one.position === finding.step);
  if (step?.kind !== 'run') return undefined;
  const found = linesFor(step, plan, traits);
  const lines = [...found.lines, ...mistakeLine(finding.mistake)];
  if (lines.length === 0) return undefined;
  const left = traits.filter((trait) => !found.said.has(trait) && trait !== `mistake=${finding.mistake}`);
  const quoted = (text: string) => inertJson(inertLine(text, 300), 0);
  return [
    'version: 1',
    'gaps:',
    `  - id: accepted-${fingerprint}`,
    '    state: by design',
    `    operations: [${step.operation}]`,
    `    difference: ${quoted(describeFinding(finding).title)}`,
    '    documented: "…" # where the difference is documented',
    ...(left.length === 0 ? [] : [`    # ${widerWords(left)}`]),
    '    when:',
    ...lines.map(([name, comparison]) => `      ${name}: ${comparison}`),
  ].join('\n');
}

function widerWords(traits: readonly string[]): string {
  const names = inertLine(traits.join(', '), MOST_NAMED);
  return `covers more than the bug, which shows only with: ${names}; add a condition if you can`;
}

/** The conditions, and the traits that they say. */
function linesFor(step: Step & { kind: 'run' }, plan: Plan, traits: readonly string[]) {
  const choice: Choice = step;
  const lines = new Map<string, string>();
  const said = new Set<string>();
  const add = (name: string, comparison: string, trait: string) => {
    lines.set(name, comparison);
    said.add(trait);
  };
  for (const [name, field] of fieldsOf(step.operation)) {
    const value = field.read(choice, plan.source);
    const trait = `${name.split('.').at(-1)}=${String(value)}`;
    const words = Array.isArray(value) ? value.map(String) : [];
    const kind = words.find((word) => traits.includes(`kind=${word}`));
    if (kind !== undefined) add(name, `{ has: ${kind} }`, `kind=${kind}`);
    else if (value !== undefined && traits.includes(trait)) add(name, yamlOf(value), trait);
  }
  return { lines: [...lines] satisfies Line[], said };
}

/** A word in quotation marks: bare, `0.10` would be a number, and nothing would be null. */
function yamlOf(value: unknown): string {
  return typeof value === 'string' ? inertJson(value, 0) : String(value);
}

function mistakeLine(mistake: string | undefined): Line[] {
  return mistake === undefined ? [] : [['mistakes', `{ has: ${mistake} }`]];
}
