import { markdownCode } from '../trust/inert.ts';

/** What a bug does not show without, in Markdown; nothing where it always shows. */
export function traitWords(traits: readonly string[]): string[] {
  return traits.length === 0 ? [] : [`shows only with: ${traits.map((trait) => markdownCode(trait)).join(', ')}`];
}
