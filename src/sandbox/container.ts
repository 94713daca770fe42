import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { callEngine, ENGINE_SECONDS, removeContainers } from './engine.ts';
import { commandEnvironment, engineEnvironment } from './environment.ts';
import {
  BASELINE_MOUNT,
  type ContainerOptions,
  containerArguments,
  containerName,
  type EngineName,
  SUBJECT_MOUNT,
} from './hardening.ts';
import { CannotRun, type RunOnHost } from './host.ts';
import { BECOME_INTERPRETER, Interpreter } from './interpreter.ts';
import { Lane, shellWord } from './lane.ts';
import { END_FIRST } from './limits.ts';
import { makePipes, TAKE_PIPES } from './pipes.ts';
import { residentBehind } from './resident.ts';
import { greeted, REFERENCE, type Sandbox, SandboxGone, type Subject } from './sandbox.ts';
import {
  areaOf,
  containerUser,
  homeOf,
  makeScratch,
  PARTS,
  type Part,
  pipesOf,
  removeTree,
  type Scratch,
} from './scratch.ts';
import { END_ITERATION_ISOLATED, INTERRUPT_SESSION, KILL_SESSION, REMOVE_DIRECTORY } from './sweep.ts';

/**
 * Starts the containers of a run, one for each part. They live as long as our end of their standard input: should this process be killed,
 * the engine ends and removes them. Throws CannotRun with the engine's own words when one does not start.
 */
export async function openContainers(options: ContainerOptions, run: RunOnHost, signal: AbortSignal): Promise<Sandbox> {
  const scratch = makeScratch(options.scratchPath, containerUser());
  try {
    const [tools, subject] = await Promise.all(PARTS.map((part) => startContainer(options, part, signal)));
    if (tools === undefined || subject === undefined) throw new Error('a part has no container');
    return sandboxOf(options, run, scratch, { tools, subject });
  } catch (error) {
    // What it says of the start is worth more than what may be left of it, which the next run sweeps up.
    await removeContainers(run, options.engine, options.name).catch(() => {});
    removeTree(scratch.path);
    throw error;
  }
}

function sandboxOf(
  { engine, name, subject, baseline }: ContainerOptions,
  run: RunOnHost,
  scratch: Scratch,
  keepers: Readonly<Record<Part, ChildProcessWithoutNullStreams>>,
): Sandbox {
  let started = 0;
  const startInside = (part: Part, argv: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const pipes = makePipes(pipesOf(scratch.path, part), String(started), scratch.user);
    started += 1;
    const inside = Object.entries({ ...commandEnvironment(homeOf(scratch.path, part)), ...variables });
    const words = inside.map(([key, value]) => `${key}=${value}`);
    const args = ['exec', containerName(name, part), 'env', '-i', ...words];
    const env = engineEnvironment(process.env);
    const child = spawn(engine, [...args, 'sh', '-c', `${END_FIRST}${TAKE_PIPES}`, pipes.path, ...argv], {
      ...{ env, detached: true },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return residentBehind(child, pipes);
  };
  const beside = async (part: Part, script: string, operand: string) => {
    const words = ['sh', '-c', `${END_FIRST}${script}`, 'sh', operand];
    await callEngine(run, engine, ['exec', containerName(name, part), ...words]);
  };
  const openLane = (part: Part) =>
    new Lane(startInside(part, ['sh']), (leader) => beside(part, INTERRUPT_SESSION, leader));
  const killLane = async (part: Part, lane: Lane) => {
    await beside(part, KILL_SESSION, await lane.sessionLeader());
    lane.kill();
  };
  return {
    scratch,
    subject: calledInside(subject, SUBJECT_MOUNT),
    ...(baseline === undefined ? {} : { baseline: calledInside(baseline, BASELINE_MOUNT) }),
    endIteration: END_ITERATION_ISOLATED,
    async openLanes() {
      const ended = PARTS.some((part) => keepers[part].exitCode !== null || keepers[part].signalCode !== null);
      if (ended) throw new SandboxGone('a container of it has ended');
      return greeted({ tools: openLane('tools'), subject: openLane('subject') });
    },
    startInterpreter(program, prompt, variables) {
      const inside = startInside('tools', ['sh', '-c', BECOME_INTERPRETER, 'sh', program], variables);
      return new Interpreter(inside, prompt, (leader) => beside('tools', KILL_SESSION, leader));
    },
    removeBeside: (directory) => beside('tools', REMOVE_DIRECTORY, directory),
    async killLanes(lanes) {
      await Promise.all(PARTS.map((part) => killLane(part, lanes[part])));
    },
    async close() {
      for (const part of PARTS) keepers[part].stdin.end();
      try {
        await removeContainers(run, engine, name);
      } finally {
        removeTree(scratch.path);
      }
    },
  };
}

function calledInside(subject: Subject, mounted: string): string {
  return subject.kind === 'reference' ? REFERENCE : join(mounted, basename(subject.path));
}

async function startContainer(
  options: ContainerOptions,
  part: Part,
  signal: AbortSignal,
): Promise<ChildProcessWithoutNullStreams> {
  const witness = join(areaOf(options.scratchPath, part), 'witness');
  writeFileSync(witness, '', { mode: 0o644 });
  // The shell stays, instead of becoming cat: the first process of a container must collect orphans, and is the only one that a subject
  // which kills all that it can see does not reach.
  const inside = `[ -e ${shellWord(witness)} ] || { echo unseen; exit 1; }; echo ready; until cat >/dev/null; do :; done; exit 0`;
  const args = [...containerArguments(options, part), options.image, '-c', inside];
  const child = spawn(options.engine, args, { env: engineEnvironment(process.env), detached: true, stdio: 'pipe' });
  child.stdin.on('error', () => {});
  let heard = '';
  let warned = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      heard = (heard + chunk.toString('utf8')).slice(-2000);
      if (/^ready$/m.test(heard)) resolve();
    });
    // The engine warns on the other stream, also of things that keep nothing from working.
    child.stderr.on('data', (chunk: Buffer) => {
      warned = (warned + chunk.toString('utf8')).slice(-2000);
    });
    child.once('error', (error) => reject(new CannotRun(`${options.engine} cannot be started: ${error.message}`)));
    child.once('close', () => reject(new CannotRun(whyNotStarted(options, `${heard}${warned}`.trim()))));
  });
  try {
    await withinLimit(ready, options.engine, signal);
    return child;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Waits for the container, but not for ever and not beyond the run's own end. */
async function withinLimit(ready: Promise<void>, engine: EngineName, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(ENGINE_SECONDS * 1000)]);
  const ended = new Promise<never>((_, reject) => {
    const end = () =>
      reject(
        signal.aborted
          ? new CannotRun('The run was stopped before it began.')
          : new CannotRun(`${engine} did not start the container within ${ENGINE_SECONDS} s.`),
      );
    if (over.aborted) end();
    else over.addEventListener('abort', end, { once: true });
  });
  await Promise.race([ready, ended]);
}

function whyNotStarted({ engine, image, scratchPath }: ContainerOptions, said: string): string {
  if (said.startsWith('unseen')) {
    return `The container does not see the scratch directory ${scratchPath}. Is ${engine} on another machine (DOCKER_HOST)? It must run on this one.`;
  }
  return `Input "image": a container of "${image}" does not start: ${said}. The image must hold a POSIX shell at /bin/sh.`;
}
