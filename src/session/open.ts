import { randomBytes } from 'node:crypto';
import type { Settings } from '../inputs/settings.ts';
import { openContainers } from '../sandbox/container.ts';
import { removeContainers, requireImage, sweepContainers } from '../sandbox/engine.ts';
import type { EngineName } from '../sandbox/hardening.ts';
import type { RunOnHost } from '../sandbox/host.ts';
import { openMachine } from '../sandbox/machine.ts';
import { ownerOf } from '../sandbox/owner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { chooseScratchPath, removeTree, sweepScratch } from '../sandbox/scratch.ts';

/** Where a run will leave traces, known before it leaves any: enough to remove them all. */
export interface SandboxPlan {
  readonly owner: string;
  readonly scratchPath: string;
  /** The engine of the containers, and what their names begin with; absent when the run uses none. */
  readonly container?: { readonly engine: EngineName; readonly name: string };
}

/** Decides on names and places; touches nothing. Throws CannotRun where there is no room for scratch images. */
export function planSandbox(settings: Settings): SandboxPlan {
  const { name, ...names } = newNames();
  const engine = settings['container-engine'];
  return engine === 'none' ? names : { ...names, container: { engine, name } };
}

/** Whose a new sandbox of this process is, where its scratch lies, and what its containers' names begin with. Throws as `planSandbox`. */
export function newNames(): Pick<SandboxPlan, 'owner' | 'scratchPath'> & { readonly name: string } {
  const owner = `${ownerOf(process.pid)}.${randomBytes(4).toString('hex')}`;
  return { owner, scratchPath: chooseScratchPath(owner), name: `differential-fuzz-${owner.replaceAll('.', '-')}` };
}

/** Removes what dead runs left here, which may take the room that this one needs. Does without an engine that does not answer. */
export async function sweepDeadRuns(engine: Settings['container-engine'], run: RunOnHost): Promise<void> {
  if (engine !== 'none') await sweepContainers(run, engine);
  sweepScratch();
}

/** Opens the sandbox. Throws CannotRun that says what is missing. */
export async function openSandbox(
  plan: SandboxPlan,
  settings: Settings,
  run: RunOnHost,
  signal: AbortSignal,
): Promise<Sandbox> {
  const { owner, scratchPath, container } = plan;
  if (container === undefined) return openMachine(scratchPath, settings.subject, settings.baseline);
  const { image, subject, baseline, lanes } = settings;
  await requireImage(run, container.engine, image);
  return openContainers({ ...container, image, subject, baseline, lanes, owner, scratchPath }, run, signal);
}

/** Removes whatever a run may have left, from another process or after a crash. Throws CannotRun where the engine does not do so. */
export async function removeTraces({ scratchPath, container }: SandboxPlan, run: RunOnHost): Promise<void> {
  try {
    if (container) await removeContainers(run, container.engine, container.name);
  } finally {
    removeTree(scratchPath);
  }
}
