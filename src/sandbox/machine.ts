import { spawn } from 'node:child_process';
import { commandEnvironment } from './environment.ts';
import { BECOME_INTERPRETER, Interpreter } from './interpreter.ts';
import { Lane } from './lane.ts';
import { residentHere } from './resident.ts';
import { greeted, REFERENCE, type Sandbox, type Subject } from './sandbox.ts';
import { homeOf, makeScratch, PARTS, type Part, removeTree } from './scratch.ts';
import { INTERRUPT_SESSION, KILL_SESSION, REMOVE_DIRECTORY } from './sweep.ts';

/**
 * No container: lanes are started directly on this machine, for a job that already runs inside the image
 * or a machine without an engine. It protects from nothing that the subject may do.
 */
export function openMachine(scratchPath: string, subject: Subject, baseline?: Subject): Sandbox {
  const scratch = makeScratch(scratchPath, { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
  const envOf = (part: Part) => commandEnvironment(homeOf(scratchPath, part), process.env['PATH']);
  const lanes = new Map<Lane, string>();
  const interpreters: Interpreter[] = [];
  const beside = (script: string, operand: string) =>
    new Promise<void>((resolve) => {
      const killer = spawn('/bin/sh', ['-c', script, 'sh', operand], { env: envOf('tools'), stdio: 'ignore' });
      killer.once('error', () => resolve());
      killer.once('close', () => resolve());
    });
  const openLane = (part: Part) => {
    const shell = spawn('/bin/sh', [], { env: envOf(part), cwd: '/', detached: true, stdio: 'pipe' });
    const lane = new Lane(residentHere(shell), (leader) => beside(INTERRUPT_SESSION, leader));
    lanes.set(lane, String(shell.pid));
    // Its number may be another's soon.
    shell.once('exit', () => lanes.delete(lane));
    return lane;
  };
  const killLane = async (lane: Lane) => {
    await beside(KILL_SESSION, await lane.sessionLeader());
    lane.kill();
  };
  return {
    scratch,
    subject: calledHere(subject),
    ...(baseline === undefined ? {} : { baseline: calledHere(baseline) }),
    // Other people's orphans live here too.
    endIteration: REMOVE_DIRECTORY,
    async openLanes() {
      return greeted({ tools: openLane('tools'), subject: openLane('subject') });
    },
    startInterpreter(program, prompt, variables) {
      const options = { env: { ...envOf('tools'), ...variables }, cwd: '/', detached: true, stdio: 'pipe' } as const;
      const child = spawn('/bin/sh', ['-c', BECOME_INTERPRETER, 'sh', program], options);
      const interpreter = new Interpreter(residentHere(child), prompt, (leader) => beside(KILL_SESSION, leader));
      interpreters.push(interpreter);
      return interpreter;
    },
    removeBeside: (directory) => beside(REMOVE_DIRECTORY, directory),
    async killLanes(both) {
      await Promise.all(PARTS.map((part) => killLane(both[part])));
    },
    async close() {
      for (const [lane, leader] of lanes) {
        await beside(KILL_SESSION, leader);
        lane.kill();
      }
      await Promise.all(interpreters.map((one) => one.close()));
      removeTree(scratch.path);
    },
  };
}

function calledHere(subject: Subject): string {
  return subject.kind === 'reference' ? REFERENCE : subject.path;
}
