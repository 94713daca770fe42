import { CannotRun } from '../sandbox/host.ts';
import type { Lane } from '../sandbox/lane.ts';
import { REFERENCE, type Sandbox } from '../sandbox/sandbox.ts';
import type { Exit } from '../verdict/exit.ts';

/** What the sandbox offers, as found before the first iteration. */
export interface Tools {
  readonly subjectVersion: string;
  readonly referenceVersion: string;
  /** Whether `qemu-io` is there; without it no fixture can carry data. */
  readonly hasQemuIo: boolean;
}

/** Seconds that a tool may take to say its version. */
const PROBE_SECONDS = 20;

/** What `timeout` answers when it cannot start the program: not executable, not found. */
const CANNOT_EXECUTE = 126;
const NOT_FOUND = 127;

/** Looks for every tool that a run needs; throws CannotRun that names the missing one and what to do. */
export async function findTools(sandbox: Sandbox, lane: Lane, image: string): Promise<Tools> {
  const directory = sandbox.scratch.path;
  const ask = (...argv: string[]) => lane.run({ directory, argv, timeoutSeconds: PROBE_SECONDS });
  const utility = await ask('cp', '--sparse=auto', '/dev/null', 'probe');
  if (!ran(utility.exit)) throw new CannotRun(`${image} lacks \`timeout\` or \`cp\`: it needs GNU coreutils.`);
  const reference = await ask(REFERENCE, '--version');
  if (!ran(reference.exit)) {
    throw new CannotRun(`${image} holds no working qemu-img, which is the reference. Install qemu-utils in it.`);
  }
  const subject = await ask(sandbox.subject, '--version');
  if (!ran(subject.exit)) {
    const why = subject.stderr.text.trim().split('\n').at(-1);
    throw new CannotRun(
      `Input "instar": the subject cannot be executed inside ${image}: ${why}. Is it built for that system, with all its libraries?`,
    );
  }
  const qemuIo = await ask('qemu-io', '--version');
  return {
    subjectVersion: firstLine(subject.stdout.text) || 'tells no version',
    referenceVersion: firstLine(reference.stdout.text),
    hasQemuIo: ran(qemuIo.exit),
  };
}

function ran(exit: Exit): boolean {
  return exit.kind === 'exited' && exit.code !== CANNOT_EXECUTE && exit.code !== NOT_FOUND;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim().slice(0, 200);
}
