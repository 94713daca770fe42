/** The JSON Schema of a user’s file of known gaps, docs/gaps-file.schema.json. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { GapsFile } from '../src/inputs/gaps-schema.ts';

/** The schema's text. */
export function gapsSchema(): string {
  return `${JSON.stringify(toJsonSchema(GapsFile), null, 2)}\n`;
}
