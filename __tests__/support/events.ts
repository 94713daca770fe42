import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './paths.ts';

/** What GitHub tells of an event, as it was told once: the payload of this name below fixtures/events. */
export function payloadOf(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(REPOSITORY, `__tests__/fixtures/events/${name}.json`), 'utf8'));
}
