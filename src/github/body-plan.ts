/** The smallest plan at the end of an issue's body, from where later runs take it. */
import type { Plan } from '../plan/plan.ts';
import { inertJson } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';

const START = '<details><summary>The smallest plan: save it as <code>plan.json</code></summary>\n\n```json\n';
const END = '\n```\n\n</details>';

/** The end of a body, which holds the plan; undefined where that has more than so many characters. */
export function planSection(plan: Plan, characters: number): string | undefined {
  const json = inertJson(plan);
  return json.length <= characters ? `${START}${json}${END}` : undefined;
}

/**
 * The JSON at the end of a body, or undefined where there is none. It is what somebody who could edit the issue left there: check it with
 * `parsePlan` before anything else is done with it.
 */
export function storedPlan(body: string): unknown {
  const text = body.replaceAll('\r\n', '\n').trimEnd();
  const start = text.lastIndexOf(START);
  if (start < 0 || !text.endsWith(END)) return undefined;
  return parseOutsideJson(text.slice(start + START.length, -END.length));
}
