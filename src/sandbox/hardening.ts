import { existsSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { GiB } from '../plan/size.ts';
import type { Subject } from './sandbox.ts';
import { areaOf, containerUser, type Part, pipesOf } from './scratch.ts';

/** The container engines whose command line we speak. */
export type EngineName = 'docker' | 'podman';

/** Every container of this project carries this label; its value names the process that owns it. */
export const LABEL = 'differential-fuzz.owner';

/** Where the subject's directory is mounted: a place that no image uses, so that nothing of the image is hidden. */
export const SUBJECT_MOUNT = '/subject';
export const BASELINE_MOUNT = '/baseline';

const KVM = '/dev/kvm';

/** Processes and threads: a qemu-img takes up to 64 worker threads. */
const PROCESSES_A_LANE = 256;

/** The share of the run's memory that a part may take: the subject may run guests. */
const MEMORY_SHARE = { tools: 0.4, subject: 0.6 } as const;

/** What the containers of a run are made of, one for each part of the sandbox. */
export interface ContainerOptions {
  readonly engine: EngineName;
  readonly image: string;
  readonly name: string;
  readonly owner: string;
  readonly scratchPath: string;
  readonly subject: Subject;
  readonly baseline?: Subject | undefined;
  readonly lanes: number;
}

/** What the container of a part is called. */
export function containerName(name: string, part: Part): string {
  return `${name}-${part}`;
}

/**
 * The hardening of a container, in one place: each line takes one thing away from what runs inside. Both parts run as the same user, so that
 * each can read and remove what the other made; what keeps the subject from the rest is that its container does not have it.
 */
export function containerArguments(options: ContainerOptions, part: Part): string[] {
  const { engine, name, owner, scratchPath, lanes } = options;
  const { uid, gid } = containerUser();
  const memoryOfAll = Math.min(GiB + 2 * GiB * lanes, totalmem() * 0.75);
  const memory = String(Math.floor(memoryOfAll * MEMORY_SHARE[part]));
  return [
    ...[
      'run',
      '--interactive',
      '--rm',
      '--pull',
      'never',
      '--name',
      containerName(name, part),
      '--label',
      `${LABEL}=${owner}`,
    ],
    ...['--network', 'none', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--read-only'],
    ...['--user', `${uid}:${gid}`, ...(engine === 'podman' && process.getuid?.() !== 0 ? ['--userns', 'keep-id'] : [])],
    ...['--memory', memory, '--memory-swap', memory, '--pids-limit', String(64 + PROCESSES_A_LANE * lanes)],
    ...['--ulimit', 'core=0', '--log-driver', 'none', '--workdir', '/', '--entrypoint', '/bin/sh'],
    ...['--mount', mount(areaOf(scratchPath, part), areaOf(scratchPath, part), false)],
    ...['--mount', mount(pipesOf(scratchPath, part), pipesOf(scratchPath, part), true)],
    ...(part === 'subject'
      ? subjectArguments(options)
      : ['--mount', mount(pipesOf(scratchPath, 'subject'), pipesOf(scratchPath, 'subject'), true)]),
  ];
}

/** What the subject needs beside the scratch space. */
function subjectArguments({ subject, baseline }: ContainerOptions): string[] {
  return [...virtualization(), ...mountOf(subject, SUBJECT_MOUNT), ...mountOf(baseline, BASELINE_MOUNT)];
}

/** Whether this machine has /dev/kvm, which the subject then gets. */
export function hasKvm(): boolean {
  return existsSync(KVM);
}

/** The subject's guests need /dev/kvm and the group that may open it, but never root's. */
function virtualization(): string[] {
  if (!hasKvm()) return [];
  const { gid } = statSync(KVM);
  return ['--device', KVM, ...(gid === 0 ? [] : ['--group-add', String(gid)])];
}

function mountOf(subject: Subject | undefined, target: string): string[] {
  return subject?.kind === 'file' ? ['--mount', mount(subject.directory, target, true)] : [];
}

/** A bind mount in the engine's comma-separated form, where a field may be quoted to hold commas. */
export function mount(source: string, target: string, readOnly: boolean): string {
  const field = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const fields = ['type=bind', field(`source=${source}`), field(`target=${target}`)];
  return [...fields, ...(readOnly ? ['readonly'] : [])].join(',');
}
