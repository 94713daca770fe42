/**
 * The plain way to do it, to measure ours against: one command after the other, a process for each question, every image flattened and
 * hashed. It runs the same steps on the same images through the same shell, as fast as that goes, and asks less: it knows no
 * invariants, no twins and no mistakes made on purpose.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../src/operations/index.ts';
import type { Preparation, Script } from '../../src/operations/operation.ts';
import { NOISE_DIRECTORY, noiseArguments, noiseFilesIn } from '../../src/operations/parts/noise.ts';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { MiB } from '../../src/plan/size.ts';
import type { CommandResult } from '../../src/sandbox/command.ts';
import type { Lane } from '../../src/sandbox/lane.ts';
import { areaOf } from '../../src/sandbox/scratch.ts';
import { succeeded } from '../../src/verdict/exit.ts';
import type { Place } from '../place.ts';

/** Larger files are not hashed, larger disks not flattened: one of a terabyte would take longer than the rest of a night. */
const MOST_BYTES = 256 * MiB;

const SIDES = ['subject', 'reference'] as const;
const CHECKED = ['qcow2', 'vmdk', 'vhdx'];

/** What the plain harness did. */
export interface PlainWork {
  readonly processes: number;
  readonly differences: number;
}

/** Runs some plans, one after the other. */
export async function runPlain(plans: readonly Plan[], { sandbox, tools }: Place): Promise<PlainWork> {
  const lanes = await sandbox.openLanes();
  const harness = new Harness(lanes.subject, join(areaOf(sandbox.scratch.path, 'subject'), 'plain'), sandbox.subject);
  for (const plan of plans) await harness.iteration(plan, tools.dialect);
  await sandbox.killLanes(lanes);
  return { processes: harness.processes, differences: harness.differences };
}

class Harness {
  processes = 0;
  differences = 0;
  readonly #lane: Lane;
  readonly #root: string;
  readonly #subject: string;

  constructor(lane: Lane, root: string, subject: string) {
    this.#lane = lane;
    this.#root = root;
    this.#subject = subject;
  }

  async iteration(plan: Plan, dialect: 'instar' | 'qemu-img'): Promise<void> {
    await this.#run('/', ['rm', '-rf', this.#root]);
    await this.#noise(plan);
    for (const step of plan.steps) {
      const operation = OPERATIONS.find(({ name }) => name === step.operation);
      if (step.kind === 'skipped' || operation === undefined) continue;
      const { position, options } = step;
      const script = operation.script(options, { source: plan.source, position, mistakes: undefined, dialect });
      await this.#step(`step${position}`, script, script.usesSource ? buildSource(plan.source) : []);
    }
  }

  async #noise(plan: Plan): Promise<void> {
    const files = noiseFilesIn(plan);
    if (files.length === 0) return;
    const directory = join(this.#root, NOISE_DIRECTORY);
    await this.#run('/', ['mkdir', '-p', directory]);
    await this.#run(directory, ['awk', ...noiseArguments(files)]);
  }

  async #step(directory: string, script: Script, source: readonly Preparation[]): Promise<void> {
    const at = (root: string) => join(this.#root, root, directory);
    await this.#run('/', ['mkdir', '-p', at('fixture'), ...SIDES.map(at)]);
    let copied = false;
    const copy = async () => {
      for (const side of SIDES) await this.#run(at('fixture'), ['cp', '-R', '.', at(side)]);
      copied = true;
    };
    for (const preparation of [...source, ...script.prepare]) {
      if (preparation.kind !== 'shared' && !copied) await copy();
      await this.#prepare(preparation, at);
    }
    if (!copied) await copy();
    const theirs = await this.#run(at('reference'), ['qemu-img', ...script.reference]);
    const ours = await this.#run(at('subject'), [this.#subject, ...script.subject]);
    if (succeeded(theirs.exit) !== succeeded(ours.exit)) this.differences += 1;
    if (!succeeded(theirs.exit)) return;
    for (const { path } of script.inputs) {
      if (statSync(join(at('reference'), path)).size <= MOST_BYTES) await this.#hash(path, at);
    }
    for (const { path, format } of script.outputs) await this.#compare(path, format, at);
  }

  async #prepare(preparation: Preparation, at: (root: string) => string): Promise<void> {
    // The copy is for the check of inputs, in whose place the plain way hashes them.
    if (preparation.kind === 'before') return;
    if (preparation.kind === 'kept') {
      await this.#run(at('reference'), ['cp', preparation.file, at('fixture')]);
    } else if (preparation.kind === 'own') {
      await this.#run(at('reference'), ['qemu-img', ...preparation.args]);
      await this.#run(at('subject'), [this.#subject, ...preparation.args]);
    } else {
      const program = preparation.program === 'reference' ? 'qemu-img' : preparation.program;
      const roots = preparation.kind === 'shared' ? ['fixture'] : SIDES;
      for (const root of roots) await this.#run(at(root), [program, ...preparation.args]);
    }
  }

  async #compare(path: string, format: string, at: (root: string) => string): Promise<void> {
    const infos = await this.#both(['qemu-img', 'info', '--output=json', '-f', format, path], at);
    if (CHECKED.includes(format)) await this.#both(['qemu-img', 'check', '--output=json', '-f', format, path], at);
    const size = Number(/"virtual-size": (\d+)/.exec(infos)?.[1] ?? 0);
    if (size > MOST_BYTES) return;
    await this.#both(['qemu-img', 'convert', '-f', format, '-O', 'raw', path, 'flat.raw'], at);
    await this.#hash('flat.raw', at);
  }

  async #hash(path: string, at: (root: string) => string): Promise<void> {
    await this.#both(['sha256sum', path], at);
  }

  /** Asks the same on both sides; what the subject's says. */
  async #both(argv: readonly string[], at: (root: string) => string): Promise<string> {
    const ours = await this.#run(at('subject'), argv);
    await this.#run(at('reference'), argv);
    return ours.stdout.text;
  }

  #run(directory: string, argv: readonly string[]): Promise<CommandResult> {
    this.processes += 1;
    return this.#lane.run({ directory, argv, timeoutSeconds: 120, trusted: true });
  }
}
