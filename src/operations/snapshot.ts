import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo, unusable } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import { differencesOf } from '../oracles/json.ts';
import type { Invariant, Oracle } from '../oracles/observation.ts';
import { sameImage } from '../oracles/same-image.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import {
  drawQcow2,
  OLD_LAYOUT,
  OTHER_REFCOUNT_BITS,
  type Qcow2Options,
  qcow2Arguments,
  qcow2Geometry,
} from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { drawSize, KiB, MiB } from '../plan/size.ts';
import { type Swarm, UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write } from '../plan/write.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, TYPE_ENDS } from '../verdict/finding.ts';
import { operation, type Preparation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { build, fill, imageOf, reference, snapshotCopy } from './parts/fixture.ts';
import { missingFile, unknownFlag, wrongWords } from './parts/mistake.ts';
import { askedFor, leftAfter, meantBy, Snapshot, takenIn } from './parts/snapshot-options.ts';

const FORMAT = 'qcow2';
const FILE = 'disk.qcow2';

/** A copy of what a snapshot holds, made before anything is gone back to. */
const COPY = 'was.qcow2';

const FLAGS = { create: '-c', apply: '-a', delete: '-d' } as const;
const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 64 * KiB] as const;

/** A snapshot that is not there, to go back to or to delete. */
const missingSnapshot = wrongWords('missing-snapshot', ([command = '', flag, ...others]) => [
  ...[command, flag === FLAGS.apply ? FLAGS.apply : FLAGS.delete, 'gone'],
  ...others.slice(-1),
]);

/** What each tool itself lists of the same image. */
const sameList: Oracle = async ({ operation: name, ...ends }) => compareLists(name, ends);

/** The reference lists the same in both sides' files: that adds the dates, which stay where no snapshot is new. */
const sameTable: Oracle = async ({ operation: name, bench }) => {
  const ask = (side: 'subject' | 'reference') =>
    bench.ask({ side, program: 'reference', args: ['snapshot', '-l', FILE] });
  const theirs = await ask('reference');
  if (!succeeded(theirs.exit)) throw unusable('snapshot -l', lastWords(theirs));
  const ours = await ask('subject');
  const type = `${name}${TYPE_ENDS.list}`;
  if (!succeeded(ours.exit)) return { kind: 'unreadable', type, file: FILE, message: lastWords(ours) };
  return compareLists(name, { subject: ours, reference: theirs });
};

/** Line by line, each as it stands. */
function compareLists(
  name: string,
  ends: { readonly subject: CommandResult; readonly reference: CommandResult },
): Judgement | undefined {
  const [ours, theirs] = [ends.subject, ends.reference].map(({ stdout }) => stdout.text.split('\n'));
  const differences = differencesOf(ours, theirs);
  const type = `${name}${TYPE_ENDS.list}`;
  if (differences.length === 0) return undefined;
  return { kind: 'json', type, what: 'the list of snapshots', differences, as: 'lines' };
}

/** Takes an internal snapshot, goes back to one, deletes one, or lists them, in an image that the reference made. */
export const snapshot = operation({
  name: 'snapshot',
  onRequest: true,
  schema: Snapshot,
  mistakes: [missingFile, missingSnapshot, unknownFlag, DAMAGES],
  nature: { features: () => [`format=${FORMAT}`] },
  pick: (draw, circumstances) => drawSnapshot(draw, circumstances),
  script: (options) => {
    const { mode } = options;
    const asked = mode === 'list' ? ['-l'] : [FLAGS[mode], askedFor(options)];
    const args = ['snapshot', ...asked, FILE];
    const common = {
      usesSource: false,
      prepare: preparationOf(options),
      subject: args,
      reference: args,
      operand: FILE,
      oracles: [noCrash, sameSuccess, inputsUntouched, outputsUntouchedWhenRefused],
    } as const;
    const file = { path: FILE, format: FORMAT };
    if (mode === 'list') return { ...common, inputs: [file], outputs: [], invariants: [], readbacks: [sameList] };
    const described = sameWrittenInfo(() => 'snapshot_info_divergence');
    return {
      ...common,
      inputs: [],
      outputs: [{ ...file, snapshots: leftAfter(options) }],
      invariants: invariantsOf(options),
      readbacks: [described, ...(mode === 'create' ? [] : [sameTable]), ...sameImage],
    };
  },
});

/** Each snapshot is taken when its own writes are done; of the one that is gone back to, a copy says what it holds. */
function preparationOf(options: Snapshot): Preparation[] {
  const { size, writes, mode } = options;
  const layout = qcow2Arguments(options);
  const imageWith = (content: readonly Write[]) =>
    imageOf({ format: FORMAT, options: layout, file: FILE, size, writes: content });
  const meant = mode === 'apply' ? meantBy(options) : undefined;
  return [
    ...build([imageWith([])]),
    ...takenIn(options).flatMap(({ name, writes: before }) => [
      ...fill(imageWith(before)),
      reference(['snapshot', '-q', '-c', name, FILE]),
    ]),
    ...fill(imageWith(writes)),
    ...(meant ? [reference(snapshotCopy(meant.id, FILE, COPY))] : []),
  ];
}

function invariantsOf(options: Snapshot): Invariant[] {
  const found = { path: FILE, format: FORMAT };
  if (options.mode !== 'apply') return [{ says: 'the disk reads as before', kept: { kind: 'image', ...found }, found }];
  if (meantBy(options) === undefined) return [];
  return [{ says: 'the disk reads as the snapshot did', kept: { kind: 'image', path: COPY, format: FORMAT }, found }];
}

function drawSnapshot(draw: Draw, { swarm }: Circumstances): Snapshot {
  const mode = draw.pick([
    'create',
    'create',
    'create',
    'apply',
    'apply',
    'apply',
    'delete',
    'delete',
    'delete',
    'list',
  ] as const);
  const layout = drawQcow2(draw, swarm, { clusterSizes: CLUSTERS });
  const size = drawSize(draw, swarm, SIZES, layout.clusterSize);
  const isThere = mode === 'apply' || mode === 'delete';
  const count = isThere ? draw.pick([1, 2, 2]) : draw.pick([0, 1, 2]);
  const usual = { mode, ...layout, size, ...drawStages(draw, swarm, { layout, size, count }) };
  const unusual = draw.chance(UNUSUAL) ? drawUnusual(draw, swarm, usual) : {};
  return {
    ...usual,
    names: draw.pick(['plain', 'same', 'numbers'] as const),
    of: draw.pick(['first', 'second'] as const),
    by: draw.pick(['name', 'name', 'id'] as const),
    ...unusual,
  };
}

interface Stages {
  readonly layout: Qcow2Options;
  readonly size: number;
  /** How many snapshots are taken in between. */
  readonly count: number;
}

/** What is written between the snapshots often falls on what they hold: it has to be copied first. */
function drawStages(
  draw: Draw,
  swarm: Swarm,
  { layout, size, count }: Stages,
): Pick<Snapshot, 'first' | 'second' | 'writes'> {
  const geometry = { ...qcow2Geometry(layout, size), compressible: false };
  const first = drawLayerWrites(draw, swarm, geometry);
  const second = drawLayerWrites(draw, swarm, geometry, first);
  const writes = drawLayerWrites(draw, swarm, geometry, [...first, ...second]);
  return { ...(count > 0 && { first }), ...(count > 1 && { second }), writes };
}

/** Refcounts that are too narrow for a cluster of two snapshots and the disk are no use. */
const [, ...WIDTHS] = OTHER_REFCOUNT_BITS;

type Usual = Pick<Snapshot, 'first' | 'writes' | 'size'> & Qcow2Options;

function drawUnusual(draw: Draw, swarm: Swarm, usual: Usual): Partial<Snapshot> {
  switch (draw.pick(['refcounts', 'version', 'compressed'] as const)) {
    case 'refcounts':
      return { refcountBits: draw.pick(WIDTHS) };
    case 'version':
      return OLD_LAYOUT;
    case 'compressed': {
      const { first, writes } = usual;
      const drawn = drawLayerWrites(draw, [...swarm, 'compressed-writes'], qcow2Geometry(usual, usual.size));
      const before = drawn.filter(({ kind }) => kind === 'compressed');
      // Nothing can be compressed over a cluster that is there.
      return first ? { first: [...before, ...uncompressed(first)] } : { writes: [...before, ...uncompressed(writes)] };
    }
  }
}
