/** The command that runs a bug's script where its run ran: in a container of the same image, or on the machine itself. */
import { basename, dirname, join } from 'node:path';
import { mount, SUBJECT_MOUNT } from '../sandbox/hardening.ts';
import { shellWord } from '../sandbox/lane.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import { inertLine } from '../trust/inert.ts';
import type { Configuration } from './configuration.ts';
import type { FindingLine } from './record.ts';
import type { Report } from './report.ts';

/** What a script is run with. */
type Place = Pick<Configuration, 'instar' | 'containerEngine' | 'image' | 'kvm'>;

/** How a reproducer is run where its tools are at hand, without a container. */
export const RUN_SCRIPT = 'INSTAR=path/to/instar sh repro.sh';

/** Runs the script in a folder of the record, as one line of shell, by the paths of the machine that the record lies on. */
export function reproduceCommand({ directory, run }: Report, { folder }: Pick<FindingLine, 'folder'>): string {
  const script = join(directory, folder, 'repro.sh');
  if (run.containerEngine === 'none') return `INSTAR=${word(run.instar)} sh ${word(script)}`;
  const isReference = run.instar === REFERENCE;
  const subject = isReference ? [] : [readOnly(dirname(run.instar), SUBJECT_MOUNT)];
  return inContainer(run, {
    mounts: [...subject, readOnly(dirname(script), '/bug')],
    instar: isReference ? REFERENCE : join(SUBJECT_MOUNT, basename(run.instar)),
    script: '/bug/repro.sh',
  });
}

/** Runs a `repro.sh` that was saved beside the subject, in the directory of both; undefined where the run used no container. */
export function reproduceHere(place: Place): string | undefined {
  if (place.containerEngine === 'none') return undefined;
  return inContainer(place, {
    mounts: ['--mount "type=bind,source=$PWD,target=/here,readonly"'],
    instar: place.instar === REFERENCE ? REFERENCE : join('/here', basename(place.instar)),
    script: '/here/repro.sh',
  });
}

interface Inside {
  readonly mounts: readonly string[];
  readonly instar: string;
  readonly script: string;
}

/** Nothing is pulled: a stranger may have published an image of that name. Nothing is kept, and the subject gets no network and no capability. */
function inContainer({ containerEngine, image, kvm }: Place, { mounts, instar, script }: Inside): string {
  const isDocker = containerEngine === 'docker';
  // As root without capabilities it could not read what is the caller's; podman's root is the caller.
  const user = isDocker ? ['--user "$(id -u):$(id -g)"'] : [];
  const group = isDocker ? ['--group-add "$(stat -c %g /dev/kvm)"'] : [];
  return [
    ...[word(containerEngine), 'run --rm --pull never --network none --cap-drop ALL', ...user],
    ...(kvm ? ['--device /dev/kvm', ...group] : []),
    ...[...mounts, '--workdir /tmp', '--env', word(`INSTAR=${instar}`)],
    ...['--entrypoint /bin/sh', word(image), script],
  ].join(' ');
}

function readOnly(source: string, target: string): string {
  return `--mount ${word(mount(source, target, true))}`;
}

/** The longest path, and what stands around it. */
const MOST_CHARACTERS = 5000;

function word(text: string): string {
  return shellWord(inertLine(text, MOST_CHARACTERS));
}
