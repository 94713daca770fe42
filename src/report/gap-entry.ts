import { fieldsOf } from '../operations/fields.ts';
import type { Choice, Plan, Step } from '../plan/plan.ts';
import { inertJson, inertLine } from '../trust/inert.ts';
import { describeFinding } from '../verdict/words.ts';
import type { BugLine } from './report.ts';

/** A member of a condition: a field and what it is compared with, as YAML. */
type Line = readonly [name: string, comparison: string];

/**
 * The entry of a file of known gaps that would silence a bug, from its smallest plan: every word that the plan cannot do without is a
 * condition. Undefined where no field tells the bug from an ordinary image.
 */
export function gapEntryOf({ fingerprint, finding, traits }: BugLine, plan: Plan): string | undefined {
  const step = plan.steps.find((one) => one.kind === 'run' && one.position === finding.step);
  if (step?.kind !== 'run') return undefined;
  const lines = [...linesFor(step, plan, traits), ...mistakeLine(finding.mistake)];
  if (lines.length === 0) return undefined;
  const quoted = (text: string) => inertJson(inertLine(text, 300), 0);
  return [
    'version: 1',
    'gaps:',
    `  - id: accepted-${fingerprint}`,
    '    state: by design',
    `    operations: [${step.operation}]`,
    `    difference: ${quoted(describeFinding(finding).title)}`,
    '    documented: "…" # where the difference is documented',
    '    when:',
    ...lines.map(([name, comparison]) => `      ${name}: ${comparison}`),
  ].join('\n');
}

function linesFor(step: Step & { kind: 'run' }, plan: Plan, traits: readonly string[]): Line[] {
  const choice: Choice = step;
  const found = new Map<string, string>();
  for (const [name, field] of fieldsOf(step.operation)) {
    const value = field.read(choice, plan.source);
    const own = name.split('.').at(-1);
    const words = Array.isArray(value) ? value.map(String) : [];
    const kind = words.find((word) => traits.includes(`kind=${word}`));
    if (kind !== undefined) found.set(name, `{ has: ${kind} }`);
    else if (value !== undefined && traits.includes(`${own}=${String(value)}`)) found.set(name, yamlOf(value));
  }
  return [...found];
}

/** A word in quotation marks: bare, `0.10` would be a number, and nothing would be null. */
function yamlOf(value: unknown): string {
  return typeof value === 'string' ? inertJson(value, 0) : String(value);
}

function mistakeLine(mistake: string | undefined): Line[] {
  return mistake === undefined ? [] : [['mistakes', `{ has: ${mistake} }`]];
}
