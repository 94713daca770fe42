/** Writes docs/gaps-file.schema.json, the JSON Schema of a user's file of known gaps: npm run docs. A test holds it to what is accepted. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { GapsFile } from '../src/inputs/gaps-schema.ts';

/** The schema's text. */
export function gapsSchema(): string {
  return `${JSON.stringify(toJsonSchema(GapsFile), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/gaps-file.schema.json', import.meta.url), gapsSchema());
}
