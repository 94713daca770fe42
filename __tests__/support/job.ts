import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Runner } from './action.ts';
import { payloadOf } from './events.ts';
import { planted } from './paths.ts';
import type { Ended } from './process.ts';

/** One run of the bundled action over a subject, as a workflow asks for it. */
export interface Job {
  readonly event: string;
  /** The event's payload, where it is not the usual one. */
  readonly payload?: string;
  /** The planted bug, or the path of another subject. */
  readonly subject: string;
  readonly seed: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs few iterations of it on the default branch, with the digits of the seed as the run's id. */
export async function runJob(job: Job): Promise<Ended & { readonly runner: Runner }> {
  const { event, payload = event, subject, seed, inputs = {}, variables = {} } = job;
  const runner = new Runner();
  if (!subject.includes('/')) {
    mkdirSync(join(runner.workspace, 'bin'));
    copyFileSync(planted(subject), join(runner.workspace, 'bin/instar'));
  }
  const instar = subject.includes('/') ? subject : 'bin/instar';
  const ended = await runner.main({
    event,
    payload: payloadOf(payload),
    inputs: { instar, seed, iterations: '3', operations: 'convert', canaries: 'never', ...inputs },
    variables: {
      GITHUB_RUN_ID: seed.replace(/\D/g, '') || '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_REF: 'refs/heads/develop',
      ...variables,
    },
  });
  return { ...ended, runner };
}
