/** Short calls of the container engine's command line: what is there, and what is to go. */
import { setTimeout as sleep } from 'node:timers/promises';
import { engineEnvironment } from './environment.ts';
import { containerName, type EngineName, LABEL } from './hardening.ts';
import { CannotRun, type HostResult, type RunOnHost } from './host.ts';
import { isAbandoned } from './owner.ts';
import { PARTS } from './scratch.ts';

/** A call to the engine that takes longer than this found a dead engine. */
export const ENGINE_SECONDS = 120;

/** How often the engine is told to remove the containers of a run, and the pause between: five seconds in all. */
const REMOVALS = 25;
const PAUSE_MS = 200;

/** Calls the engine's command line once, within its time limit and with an environment by allow-list. */
export function callEngine(run: RunOnHost, engine: EngineName, args: readonly string[]): Promise<HostResult> {
  return run('timeout', [String(ENGINE_SECONDS), engine, ...args], engineEnvironment(process.env));
}

/** Removes containers of ours whose run is gone. */
export async function sweepContainers(run: RunOnHost, engine: EngineName): Promise<void> {
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const { stdout } = await callEngine(run, engine, ['ps', '-a', '--filter', `label=${LABEL}`, '--format', format]);
  for (const line of stdout.split('\n')) {
    const [id, owner] = line.trim().split(' ');
    if (id && owner && isAbandoned(owner)) await callEngine(run, engine, ['rm', '-f', id]);
  }
}

/**
 * Removes the containers of a run, running or not; no error if there are none, or no engine. Throws CannotRun where the engine goes on
 * listing one of them.
 */
export async function removeContainers(run: RunOnHost, engine: EngineName, name: string): Promise<void> {
  for (let left = REMOVALS; left > 0; left -= 1) {
    await callEngine(run, engine, ['rm', '-f', ...PARTS.map((part) => containerName(name, part))]);
    const listed = await callEngine(run, engine, ['ps', '-a', '-q', '--filter', `name=${name}`]);
    if (listed.code !== 0 || listed.stdout.trim() === '') return;
    // A container that ends by itself is listed until the engine has removed it.
    await sleep(PAUSE_MS);
  }
  throw new CannotRun(`${engine} did not remove the containers of this run, whose names begin with ${name}.`);
}

/** Throws CannotRun unless the engine answers and has the image. */
export async function requireImage(run: RunOnHost, engine: EngineName, image: string): Promise<void> {
  const info = await callEngine(run, engine, ['info']);
  if (info.code === 127 || info.code === 126) {
    throw new CannotRun(
      `Input "container-engine": "${engine}" is not installed. Install it, or give "none" if the job already runs inside the image.`,
    );
  }
  if (info.code !== 0) {
    const why = (info.stderr || info.stdout).trim().split('\n').at(-1);
    throw new CannotRun(
      `Input "container-engine": "${engine}" does not answer: ${why}. Start its service, or give "none".`,
    );
  }
  const inspected = await callEngine(run, engine, ['image', 'inspect', image]);
  if (inspected.code !== 0) {
    throw new CannotRun(
      `Input "image": ${engine} has no image "${image}". Build or pull it in an earlier step of this job, for example: ${engine} build -t ${image} -f path/to/Dockerfile .`,
    );
  }
}
