import { dirname, isAbsolute, join } from 'node:path';
import type { Dialect } from '../operations/operation.ts';
import { type CommandResult, lastWords, THIRD_READERS, type ThirdReader } from '../sandbox/command.ts';
import { CannotRun } from '../sandbox/host.ts';
import { LaneLost } from '../sandbox/lane.ts';
import { type Lanes, REFERENCE, type Sandbox } from '../sandbox/sandbox.ts';
import { areaOf, type Part } from '../sandbox/scratch.ts';
import { NOT_STARTED } from '../sandbox/status.ts';
import { type Exit, succeeded } from '../verdict/exit.ts';
import { requireHoles } from './holes.ts';

/** What the sandbox offers, as found before the first iteration. */
export interface Tools {
  readonly subjectVersion: string;
  readonly referenceVersion: string;
  /** Whether `qemu-io` is there; without it no fixture can carry data. */
  readonly hasQemuIo: boolean;
  readonly thirdReaders: readonly ThirdReader[];
  /** Other versions of the reference: how each is called inside, and what it calls itself. */
  readonly jurors: readonly Juror[];
  /** How the subject spells what the tools spell differently. */
  readonly dialect: Dialect;
}

/** Another version of the reference. */
export interface Juror {
  readonly path: string;
  readonly version: string;
}

/** Seconds that a tool may take to say its version, or to do the least of its work. */
const PROBE_SECONDS = 20;

/** Runs one program where both parts of the sandbox see the files. */
type Ask = (...argv: string[]) => Promise<CommandResult>;

/** Looks for every tool that a run needs, and tries it; throws CannotRun that names the missing one and what to do. */
export async function findTools(sandbox: Sandbox, where: string, references: readonly string[] = []): Promise<Tools> {
  const lanes = await sandbox.openLanes().catch((error: unknown) => {
    throw error instanceof LaneLost ? new CannotRun(`No command can be run in ${where}: ${error.message}`) : error;
  });
  try {
    return await findIn(lanes, sandbox, where, references);
  } catch (error) {
    if (error instanceof LaneLost) throw new CannotRun(`A first command broke its shell in ${where}: ${error.message}`);
    throw error;
  } finally {
    await sandbox.killLanes(lanes);
  }
}

async function findIn(lanes: Lanes, sandbox: Sandbox, where: string, references: readonly string[]): Promise<Tools> {
  const directory = areaOf(sandbox.scratch.path, 'subject');
  const askIn =
    (part: Part): Ask =>
    (...argv) =>
      lanes[part].run({ directory, argv, timeoutSeconds: PROBE_SECONDS });
  const [ask, askSubject] = [askIn('tools'), askIn('subject')];
  const utility = await ask('cp', '/dev/null', 'probe');
  if (!succeeded(utility.exit)) {
    throw new CannotRun(`${where} lacks \`timeout\` or \`cp\`, or they fail: ${lastWords(utility)}.`);
  }
  const referenceVersion = await tryReference(ask, where);
  await requireHoles(ask, where);
  const subjectVersion = await trySubject(askSubject, { input: 'instar', path: sandbox.subject }, where);
  // One that cannot work shows every old bug as another than the subject does.
  if (sandbox.baseline !== undefined)
    await trySubject(askSubject, { input: 'baseline', path: sandbox.baseline }, where);
  const qemuIo = await ask('qemu-io', '--version');
  const thirdReaders = await findThirdReaders(ask);
  const jurors = await findJurors(askSubject, sandbox.subject, references, where);
  const dialect = subjectVersion.startsWith(REFERENCE) ? 'qemu-img' : 'instar';
  return { subjectVersion, referenceVersion, hasQemuIo: ran(qemuIo.exit), thirdReaders, jurors, dialect };
}

/** A relative name lies beside the subject, in the directory that is mounted with it; in a calibration, whose subject is a bare name, it is looked for in PATH. */
async function findJurors(ask: Ask, subject: string, names: readonly string[], where: string): Promise<Juror[]> {
  const jurors: Juror[] = [];
  for (const name of names) {
    const path = isAbsolute(name) ? name : join(dirname(subject), name);
    const version = await ask(path, '--version');
    if (!succeeded(version.exit)) {
      throw new CannotRun(
        `Input "references": "${name}" cannot be executed inside ${where}: ${lastWords(version)}. Name an executable inside the image by its whole path, or one in the subject’s directory.`,
      );
    }
    jurors.push({ path, version: firstLine(version.stdout.text) || name });
  }
  return jurors;
}

async function findThirdReaders(ask: Ask): Promise<ThirdReader[]> {
  const found: ThirdReader[] = [];
  for (const reader of THIRD_READERS) {
    const { exit } = await ask(reader, '-V');
    if (ran(exit)) found.push(reader);
  }
  return found;
}

async function tryReference(ask: Ask, where: string): Promise<string> {
  const version = await ask(REFERENCE, '--version');
  const created = await ask(REFERENCE, 'create', '-q', '-f', 'qcow2', PROBE_IMAGE, '1M');
  if (succeeded(version.exit) && succeeded(created.exit)) return firstLine(version.stdout.text);
  throw new CannotRun(
    `${where} holds no working qemu-img, which is the reference: ${lastWords(created)}. Install qemu-utils in it.`,
  );
}

/** The reference's image of the first try. */
const PROBE_IMAGE = 'probe.qcow2';

/** A subject, or its baseline, and the input that names it. */
interface NamedSubject {
  readonly input: string;
  readonly path: string;
}

/** A subject that can neither create nor describe an image is broken in its surroundings, which thousands of findings would hide. */
async function trySubject(ask: Ask, { input, path }: NamedSubject, where: string): Promise<string> {
  const version = await ask(path, '--version');
  if (!ran(version.exit)) {
    throw new CannotRun(
      `Input "${input}": it cannot be executed inside ${where}: ${lastWords(version)}. Is it built for that system, with all its libraries?`,
    );
  }
  const created = await ask(path, 'create', '-f', 'qcow2', 'probe.own', '1M');
  if (succeeded(created.exit)) return firstLine(version.stdout.text) || 'tells no version';
  const described = await ask(path, 'info', '--output', 'json', PROBE_IMAGE);
  if (succeeded(described.exit)) return firstLine(version.stdout.text) || 'tells no version';
  throw new CannotRun(
    `Input "${input}": it can neither create nor describe an image of 1 MiB inside ${where}: ${lastWords(created)}. ` +
      'If it runs its work in KVM: is there a /dev/kvm, and may the user of this job open it? See examples/hosted-kvm.yml of this action.',
  );
}

function ran(exit: Exit): boolean {
  return exit.kind === 'exited' && !NOT_STARTED.includes(exit.code);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim().slice(0, 200);
}
