import type { Choice, Options } from '../plan/plan.ts';
import { memberOf } from '../plan/schema.ts';
import { KiB, MiB, SECTOR } from '../plan/size.ts';
import { isPreallocated, type Source } from '../plan/source.ts';
import { type Piece, piecesOf } from '../plan/stripes.ts';
import { type Window, windowOf } from '../plan/window.ts';
import { isZeroData, partitionTable } from '../plan/write.ts';
import { landOnCompressed } from './compressed.ts';
import { type Expectation, firstGap, type Gap } from './gap.ts';
import { clustersCounted, clustersOfBitmap, clustersOfL1, mayOutgrowRefcounts, touched } from './refcounts.ts';

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const writes = (value: unknown): readonly Piece[] => (Array.isArray(value) ? piecesOf(value) : []);

const writesIn = (image: unknown): readonly Piece[] => writes(memberOf(image, 'writes'));

/** The recorded backing file of a rebase, and the new ones. The operation names them so, and nothing here may know it: a test holds both together. */
const BASE = 'base.qcow2';
const NEXT = 'next.qcow2';
const NEXT_RAW = 'next.raw';

/** The unit in which a file system tells holes from data, in bytes. */
const PAGE = 4 * KiB;

/** Whether all of a partition table is written; a plan that was made smaller may have lost some of it. */
function hasPartitionTable({ writes: all }: Source): boolean {
  return partitionTable().every(({ offset, byte }) =>
    all.some((one) => one.kind === 'data' && one.offset === offset && one.byte === byte && one.content === undefined),
  );
}

/** What a source was made to hold, also before a snapshot of it was taken: what was not written over is still there. */
function heldBy({ snapshot = [], writes: all }: Source & { format: 'qcow2' }): readonly Piece[] {
  return piecesOf([...snapshot, ...all]);
}

/** Whether all clusters of the source that have a place were written as a whole with what is no hole, and nothing happened to it since. */
function fillsClusters(source: Source & { format: 'qcow2' }): boolean {
  const { history, size, clusterSize } = source;
  const whole = (position: number) => position % clusterSize === 0 || position === size;
  const fill = (write: Piece) => whole(write.offset) && whole(write.offset + write.length) && !isZeroData(write);
  return history.kind === 'created' && !isPreallocated(source) && heldBy(source).every(fill);
}

/** Whether a target is one of these. For all others the subject is held to its own conversion, for which an estimate too high is no matter. */
function asksFor({ options: { target } }: Choice, ...targets: string[]): boolean {
  return targets.some((name) => name === target);
}

/** What an operation's image held when a snapshot of it was taken; undefined where none was. */
function snapshotIn({ snapshot }: Options): readonly Piece[] | undefined {
  return snapshot === undefined ? undefined : writes(snapshot);
}

/** Choices in which an operation reads a source with a snapshot, or a twin check an image that has one, or had one until now. */
function seesSnapshot(reader: string, check: Choice['twin']) {
  return ({ operation, options, twin }: Choice, source: Source): boolean =>
    operation === reader
      ? source.format === 'qcow2' && source.snapshot !== undefined
      : twin === check && (operation === 'snapshot' ? !isList(options) : options['snapshot'] !== undefined);
}

/** Whether snapshots are only listed. */
function isList({ mode }: Options): boolean {
  return mode === 'list';
}

/** What an image held when each of its snapshots was taken by the reference. */
function stagesOf({ first, second }: Options): readonly (readonly Piece[])[] {
  return [first, second].flatMap((one) => (one === undefined ? [] : [writes(one)]));
}

/** What decides how much the refcount blocks of an image count. */
function refcountedBy({ clusterSize, refcountBits }: Options) {
  return { clusterSize: number(clusterSize), refcountBits: number(refcountBits ?? 16) };
}

/** Whether one snapshot more may need clusters that no refcount block counts yet: each has a copy of the L1 table and a place in the list. */
function snapshotOutgrows(options: Options): boolean {
  const stages = stagesOf(options);
  const layout = refcountedBy(options);
  const size = number(options['size']);
  const tables = (stages.length + 1) * (clustersOfL1(layout.clusterSize, size) + 1);
  return mayOutgrowRefcounts(layout, size, [...stages.flat(), ...writes(options['writes'])], undefined, tables);
}

/** Whether what is asked of a bitmap may need clusters that no refcount block counts yet: for its bits, for their table, for a new directory. */
function bitmapOutgrows(options: Options): boolean {
  const { first, second, granularity, writes: before, marked } = options;
  const layout = refcountedBy(options);
  const { clusterSize } = layout;
  const size = number(options['size']);
  const bitmaps = [memberOf(first, 'granularity'), memberOf(second, 'granularity'), granularity].map((bytes) =>
    clustersOfBitmap(clusterSize, size, number(bytes ?? Math.min(64 * KiB, Math.max(4 * KiB, clusterSize)))),
  );
  const more = bitmaps.reduce((total, clusters) => total + clusters, 2);
  return mayOutgrowRefcounts(layout, size, [...writes(before), ...writes(marked)], undefined, more);
}

function isCompressed(source: Source & { format: 'qcow2' }): boolean {
  const { history } = source;
  return hasCompressed(heldBy(source)) || (history.kind === 'converted' && history.compressed);
}

/**
 * The part of a base that a commit adds to it, where a longer image below would show its data in that part: it has to be emptied, and how
 * a subject notes that is its own affair, so that it counts as data.
 */
function uncovered({ size, baseSize, belowBase }: Options): readonly Piece[] {
  const [offset, end] = [number(baseSize), number(size)];
  const isHidden = number(memberOf(belowBase, 'size')) <= offset;
  return isHidden || end <= offset ? [] : [{ kind: 'data', offset, length: end - offset, byte: 0 }];
}

/** Whether a write leaves a compressed cluster: data that get no smaller are stored as they are. */
function compresses(write: Piece): boolean {
  return write.kind === 'compressed' && write.content !== 'incompressible';
}

type Surely = NonNullable<Expectation['surely']>;

/** The part of the source that is copied. */
function copied({ options: { blockSize, count, skip } }: Choice, { size }: Source): Window {
  const given = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return windowOf({ blockSize: given(blockSize), count: given(count), skip: given(skip) }, size);
}

/** Whether that part holds nothing. */
function copiesNothing(choice: Choice, source: Source): boolean {
  return copied(choice, source).length === 0;
}

/** Whether a file ends within a sector. */
function isOddFile(source: Source): source is Source & { format: 'raw'; lessBytes: number } {
  return source.format === 'raw' && source.lessBytes !== undefined;
}

/** Whether a copy begins within a sector and ends where such a file does: as many sectors as its end makes it. */
function endsOddly(choice: Choice, source: Source): boolean {
  if (!isOddFile(source)) return false;
  const { offset, length } = copied(choice, source);
  return offset % SECTOR > 0 && offset + length > source.size - source.lessBytes;
}

/** Whether data fills less than half of a disk, so that whoever counts its holes as data gets another sum. */
function isMostlyHoles({ size, writes: all }: Source): boolean {
  const unit = 32 * MiB;
  return unitsOf(piecesOf(all), unit).size < size / unit / 2;
}

/** The numbers of the clusters, or other units, that some writes touch. */
function unitsOf(all: readonly Piece[], unit: number): ReadonlySet<number> {
  const ofOne = ({ offset, length }: Piece) =>
    Array.from({ length: touched(offset, length, unit) }, (_, at) => Math.floor(offset / unit) + at);
  return new Set(all.flatMap(ofOne));
}

/** Whether the last thing written, to an image to which nothing else was done, is compressed or described by sub-clusters. */
function hasOddClusters({ writes: all, history, ...source }: Source): boolean {
  const extended = source.format === 'qcow2' && source.extendedL2;
  const last = piecesOf(all).at(-1);
  if (last === undefined || history.kind !== 'created') return false;
  return compresses(last) || (extended && last.kind === 'data');
}

/** Whether the next image of the chain has data where the top one was never written. */
function showsWhatIsBelow(source: Source): boolean {
  if (source.format !== 'qcow2') return false;
  const [next] = source.backing;
  const last = next?.writes.at(-1);
  if (last?.kind !== 'data' || last.offset + last.length > source.size) return false;
  const { clusterSize } = source;
  const above = unitsOf(heldBy(source), clusterSize);
  return [...unitsOf([last], clusterSize)].some((unit) => !above.has(unit));
}

/**
 * Whether data alone needs more clusters than a fresh image counts, while the image that gets it is nearly empty. A cluster that is `hidden` by
 * other writes may need none.
 */
function outgrows(
  clusterSize: unknown,
  present: unknown,
  moved: readonly Piece[],
  hidden: readonly Piece[] = [],
): boolean {
  const unit = number(clusterSize);
  const isData = ({ kind }: Piece) => kind === 'data';
  const unsure = unitsOf([...moved.filter((write) => !isData(write)), ...hidden], unit);
  const filled = [...unitsOf(moved.filter(isData), unit)].filter((at) => !unsure.has(at));
  const capacity = clustersCounted(unit);
  return (
    filled.length > capacity && writes(present).reduce((sum, { length }) => sum + length, 0) < (capacity * unit) / 4
  );
}

/** Whether a safe rebase copies more than the overlay counts: data of the old backing, within the overlay, over which the new chain has nothing. */
function copiesTooMuch(options: Options): boolean {
  const { clusterSize, overlaySize, newBacking, oldWrites, newWrites, overlayWrites, belowNew, snapshot } = options;
  // What the overlay held before its snapshot was taken hides what would be copied.
  if (snapshot !== undefined) return false;
  const end = number(overlaySize);
  const copied = writes(oldWrites).filter(({ kind, offset, length }) => kind !== 'data' || offset + length <= end);
  const isOntoNew = newBacking === NEXT;
  const hidden = isOntoNew ? [...writes(newWrites), ...writesIn(belowNew)] : [];
  return newBacking !== BASE && outgrows(clusterSize, overlayWrites, copied, hidden);
}

function isAllCompressed(value: unknown): boolean {
  const all = writes(value);
  return all.length > 0 && all.every(compresses);
}

function hasCompressed(value: unknown): boolean {
  return writes(value).some(({ kind }) => kind === 'compressed');
}

/** What the seed of a commit puts into the overlay. */
function seeded(seed: unknown): readonly Piece[] {
  return seed === 'seed-64k' ? [{ kind: 'data', offset: 0, length: 64 * KiB, byte: 0xab }] : [];
}

/** What open gaps show: a refusal, or that something else is said. */
const REFUSAL: Expectation = { severities: ['refusal'] };
const METADATA: Expectation = { severities: ['metadata'] };
const ANOTHER_SIZE: Expectation = { severities: ['metadata', 'data-loss'] };
const refusalWhere = (surely: Surely): Expectation => ({ ...REFUSAL, surely });
const metadataWhere = (surely: Surely): Expectation => ({ ...METADATA, surely });

/** What is known to differ. One entry a gap; the pickers ask `gapOf` and know none of them by name. */
export const GAPS: readonly Gap[] = [
  {
    id: 'info-raw',
    operations: ['info'],
    difference:
      'the subject takes a headerless file for raw only if it has a partition table; the reference always does',
    documented: 'docs/info.md',
    state: 'by design',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'raw' && !hasPartitionTable(source) },
  },
  {
    id: 'check-no-reference',
    operations: ['check'],
    difference: 'the reference has no checks for raw and vpc; the subject examines vpc',
    documented: 'docs/check.md',
    state: 'by design',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'raw' || source.format === 'vpc' },
  },
  {
    id: 'check-counts-too-high',
    operations: ['check'],
    difference:
      'to the reference, what is counted more often than it is referred to leaks; to the subject, only what nothing refers to',
    documented: 'docs/check.md',
    state: 'by design',
    handling: { kind: 'avoid', applies: ({ options: { miscount } }) => miscount === 'twice' },
  },
  {
    id: 'check-snapshots',
    operations: ['amend', 'check', 'rebase', 'resize', 'snapshot'],
    difference: 'the subject may count what only an internal snapshot uses as leaks',
    documented: 'a fixture in one of its plans, which it reports as leaky',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: seesSnapshot('check', 'examine'),
    },
  },
  {
    id: 'info-snapshots',
    operations: ['amend', 'info', 'rebase', 'resize', 'snapshot'],
    difference: 'the subject only notes that there are internal snapshots, the reference lists them',
    documented: 'its plan for snapshots, phase 2',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: METADATA,
      applies: seesSnapshot('info', 'describe'),
    },
  },
  {
    id: 'measure-raw-sparse',
    operations: ['measure'],
    difference: 'the subject counts holes of a raw source as data, the reference asks the file system',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: metadataWhere((choice, source) => asksFor(choice, 'qcow2') && isMostlyHoles(source)),
      applies: (choice, source) => source.format === 'raw' && asksFor(choice, 'raw', 'qcow2'),
    },
  },
  {
    id: 'measure-partial-clusters',
    operations: ['measure'],
    difference:
      'inside a partly written qcow2 cluster the reference asks the file system for holes, page by page; its answer even changes when the file is copied',
    documented: 'measured: qemu-img 10.0, 2 MiB clusters, 6619136 on a file and 524288 on its copy',
    state: 'by design',
    handling: {
      kind: 'avoid',
      applies: (choice, source) =>
        source.format === 'qcow2' && source.clusterSize > PAGE && !fillsClusters(source) && asksFor(choice, 'qcow2'),
    },
  },
  {
    id: 'measure-qcow2-edge',
    operations: ['measure'],
    difference: 'for compressed clusters and extended L2 entries the subject’s `required` is slightly off',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: metadataWhere((_, source) => hasOddClusters(source)),
      applies: (choice, source) =>
        source.format === 'qcow2' && (source.extendedL2 || isCompressed(source)) && asksFor(choice, 'qcow2'),
    },
  },
  {
    id: 'measure-unknown-flag',
    operations: ['measure'],
    difference: 'for a flag that it does not know the reference prints its usage and ends with 0',
    documented: 'measured: qemu-img 5.2 and 7.2; 10.0 ends with 1',
    state: 'by design',
    versions: { side: 'reference', below: '10.0' },
    handling: { kind: 'avoid', applies: ({ mistakes = [] }) => mistakes.includes('unknown-flag') },
  },
  {
    id: 'measure-chain',
    operations: ['measure'],
    difference: 'the subject measures the top layer only, the reference the whole chain',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: metadataWhere((choice, source) => asksFor(choice, 'qcow2') && showsWhatIsBelow(source)),
      applies: (_, source) => source.format === 'qcow2' && source.backing.length > 0,
    },
  },
  {
    id: 'measure-vhdx-source',
    operations: ['measure'],
    difference:
      'the subject takes every block of a vhdx for full; so does qemu-img 10.0, but its documents say otherwise',
    documented: 'docs/measure.md; measured: qemu-img 10.0 asks for 67436544 bytes for an empty disk of 64 MiB',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => source.format === 'vhdx' && asksFor(choice, 'raw', 'qcow2'),
    },
  },
  {
    id: 'map-raw',
    operations: ['map'],
    difference: 'the subject tells a raw image as one extent of data, the reference asks the file system for holes',
    documented: 'docs/map.md',
    state: 'open',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'raw' },
  },
  {
    id: 'map-depth',
    operations: ['map'],
    difference: 'the subject refuses an image with a backing file, the reference walks the chain',
    documented: 'docs/map.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: (_, source) => source.format === 'qcow2' && source.backing.length > 0,
    },
  },
  {
    id: 'map-vhdx',
    operations: ['map'],
    difference:
      'the reference tells a vhdx as one extent of data; the subject tells blocks that are zero or unmapped as holes',
    documented: 'docs/map.md; measured: qemu-img 10.0, 4 KiB in a disk of 4 MiB',
    state: 'unknown',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'vhdx' },
  },
  {
    id: 'map-partial-clusters',
    operations: ['map'],
    difference:
      'inside a qcow2 cluster of data the reference may ask the file system for holes, page by page; its answer even changes when the file is copied',
    documented: 'measured: qemu-img 10.0, one extent of data of 64 KiB in a file and three in its copy',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'whether an extent of data is zero too is not compared' },
  },
  {
    id: 'map-vpc-present',
    operations: ['map'],
    difference: 'a block that a dynamic vpc lacks is `present` to the reference and not to the subject',
    documented: 'docs/map.md',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'of a vpc `present` is not compared' },
  },
  {
    id: 'map-compressed',
    operations: ['map'],
    difference: 'the subject tells no cluster as compressed, and the place of one that is with other bits',
    documented: 'docs/map.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'neither `compressed` nor `offset` is compared' },
  },
  {
    id: 'map-window',
    operations: ['map'],
    difference: 'the subject clips a window at its byte, the reference at the cluster around it',
    documented: 'docs/map.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'a window is one of whole clusters' },
  },
  {
    id: 'compare-strict-status',
    operations: ['compare'],
    difference:
      'with -s the reference also compares what is allocated and where files have holes; the subject’s page speaks of sizes only',
    documented:
      'docs/compare.md; measured: between an image and its conversion qemu-img 10.0 finds a `block status mismatch`, and 5.2 finds other ones',
    state: 'unknown',
    handling: {
      kind: 'tolerate',
      where: 'where either tool speaks of the block status, the other may call the disks equal or different',
    },
  },
  {
    id: 'compare-strict-odd-end',
    operations: ['compare'],
    difference:
      'a raw file that ends within a sector counts in whole sectors to the reference; whether its size is equal to the subject with -s is not described',
    documented: 'measured: qemu-img 10.0, 1000000 bytes; in none of the subject’s documents',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: ({ options: { strict } }, source) => strict === true && isOddFile(source),
    },
  },
  {
    id: 'compare-error-code',
    operations: ['compare'],
    difference: 'for what cannot be compared the subject ends with 1, the reference with 2',
    documented: 'docs/compare.md',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'where the reference ends with an error, the subject may not end with 0' },
  },
  {
    id: 'vpc-fixed-detection',
    operations: ['check', 'compare', 'convert', 'convert_compressed', 'dd', 'map', 'measure'],
    difference:
      'a fixed vpc is raw to the reference unless it is told the format, which the subject’s convert and compare cannot be',
    documented: 'docs/create.md; nothing about reading one',
    state: 'unknown',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'vpc' && source.subformat === 'fixed' },
  },
  {
    id: 'damaged-becomes-raw',
    operations: ['check', 'compare', 'convert', 'convert_compressed', 'dd', 'map', 'measure'],
    difference:
      'without its mark a vmdk, vpc or vhdx is raw to the reference; what the subject makes of a headerless file depends on the operation',
    documented: 'docs/quirks.md',
    state: 'by design',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => source.format !== 'qcow2' && isDamaged(choice),
    },
  },
  {
    id: 'info-lenient-header',
    operations: ['info'],
    difference: 'the subject describes several damaged images that the reference refuses to open',
    documented: 'docs/info.md',
    state: 'by design',
    handling: { kind: 'avoid', applies: isDamaged },
  },
  {
    id: 'extended-l2-prealloc',
    operations: ['create', 'resize'],
    difference: 'extended L2 entries together with preallocation: not described for the subject',
    documented: 'no source; avoided until somebody says what is meant',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: ({ options: { extendedL2, preallocation } }) =>
        extendedL2 === true && preallocation !== undefined && preallocation !== 'off',
    },
  },
  {
    id: 'resize-large-cluster',
    operations: ['resize'],
    difference: 'the subject refuses clusters of 2 MiB: its scratch memory is too small',
    documented: 'docs/resize.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { clusterSize } }) => number(clusterSize) >= 2 * MiB,
    },
  },
  {
    id: 'commit-large-cluster',
    operations: ['commit'],
    difference: 'the subject refuses clusters above 64 KiB: its scratch for a refcount table is that large',
    documented: 'docs/commit.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { clusterSize } }) => number(clusterSize) > 64 * KiB,
    },
  },
  {
    id: 'commit-refcount-exhausted',
    operations: ['commit'],
    difference:
      'the subject refuses what needs more clusters than the backing’s refcount blocks count; the reference adds blocks',
    documented: 'docs/commit.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ options: { clusterSize, baseWrites, overlayWrites } }) =>
        outgrows(clusterSize, baseWrites, writes(overlayWrites)),
      ),
      applies: ({ options }) => {
        const { size, baseSize, seed, baseWrites, middleWrites, overlayWrites } = options;
        return mayOutgrowRefcounts(
          refcountedBy(options),
          Math.max(number(size), number(baseSize)),
          [...seeded(seed), ...[baseWrites, middleWrites, overlayWrites].flatMap(writes), ...uncovered(options)],
          snapshotIn(options),
        );
      },
    },
  },
  {
    id: 'rebase-refcount-exhausted',
    operations: ['rebase'],
    difference:
      'the subject refuses a safe rebase that copies more than the overlay’s refcount blocks count; the reference adds blocks',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ options }) => copiesTooMuch(options)),
      applies: ({ options }) => {
        const { mode, overlaySize, belowOld, belowNew, oldWrites, newWrites, overlayWrites } = options;
        const all = [oldWrites, newWrites, overlayWrites, writesIn(belowOld), writesIn(belowNew)].flatMap(writes);
        return (
          mode === 'safe' && mayOutgrowRefcounts(refcountedBy(options), number(overlaySize), all, snapshotIn(options))
        );
      },
    },
  },
  {
    id: 'rebase-compressed-member',
    operations: ['rebase'],
    difference: 'for a safe rebase the subject cannot parse an old chain with compressed clusters',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ options: { oldWrites } }) => isAllCompressed(oldWrites)),
      // The page says no more than "a chain": the overlay may be meant too. What is renamed only is not parsed.
      applies: ({ options: { mode, oldWrites, overlayWrites, belowOld, snapshot } }) =>
        mode === 'safe' && [oldWrites, overlayWrites, writesIn(belowOld), snapshot].some(hasCompressed),
    },
  },
  {
    id: 'commit-compressed',
    operations: ['commit'],
    difference: 'the subject refuses compressed clusters in the overlay, and data that lands on one of the backing',
    documented: 'docs/commit.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ options: { overlayWrites, seed } }) => seed === 'none' && isAllCompressed(overlayWrites)),
      // Only these: where compressed clusters lie elsewhere in the backing, they were destroyed (instar issues 427 and 428).
      applies: ({ options: { clusterSize, baseWrites, snapshot, seed, middleWrites, overlayWrites } }) =>
        [middleWrites, overlayWrites].some(hasCompressed) ||
        landOnCompressed(
          [...seeded(seed), ...writes(middleWrites), ...writes(overlayWrites)],
          [...writes(snapshot), ...writes(baseWrites)],
          number(clusterSize),
        ),
    },
  },
  {
    id: 'commit-b-keeps-overlay',
    operations: ['commit'],
    difference:
      'with -b the subject empties the overlay, the reference keeps its data; both read the same through the chain',
    documented: 'measured; in none of the subject’s documents',
    state: 'unknown',
    handling: { kind: 'unreachable', because: 'only what a guest reads is compared, not what is allocated' },
  },
  {
    id: 'vmdk-commit',
    operations: ['commit'],
    difference: 'the subject does not see a vmdk’s parent hint',
    documented: 'docs/commit.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { format, explicitBase } }) => format === 'vmdk' && explicitBase !== true,
    },
  },
  {
    id: 'vmdk-commit-named-base',
    operations: ['commit'],
    difference: 'the subject commits a vmdk into the base that -b names, or refuses it: its documents do not agree',
    documented: 'docs/commit.md, and the table of commits in its plans',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { format, explicitBase } }) => format === 'vmdk' && explicitBase === true,
    },
  },
  {
    id: 'commit-intermediate',
    operations: ['commit'],
    difference: 'the subject refuses a base below the immediate parent',
    documented: 'docs/commit.md',
    state: 'open',
    handling: { kind: 'avoid', shows: REFUSAL, applies: ({ options: { middleWrites } }) => middleWrites !== undefined },
  },
  {
    id: 'cluster-mismatch',
    operations: ['commit', 'rebase'],
    difference: 'the subject refuses a chain whose images differ in cluster size',
    documented: 'docs/commit.md, docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ options: { mode } }) => mode !== 'unsafe'),
      applies: ({ options: { overlayClusterSize, newClusterSize } }) =>
        overlayClusterSize !== undefined || newClusterSize !== undefined,
    },
  },
  {
    id: 'rebase-unsafe-features',
    operations: ['rebase'],
    difference:
      'with -u the subject rebases an overlay with a feature that it does not know, as it copies nothing; the reference does not open it',
    documented: 'docs/rebase.md',
    state: 'by design',
    handling: {
      kind: 'avoid',
      applies: ({ options: { mode }, mistakes = [] }) => mode === 'unsafe' && mistakes.includes('damaged-features'),
    },
  },
  {
    id: 'rebase-long-path',
    operations: ['rebase'],
    difference: 'the subject refuses a new backing path longer than the recorded slot; the reference makes room',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { newName, newBacking, backingFormat } }) =>
        newBacking === NEXT && String(newName ?? '').length > `base.${backingFormat ?? 'qcow2'}`.length,
    },
  },
  {
    id: 'rebase-format-ext',
    operations: ['rebase'],
    difference: 'the subject does not rewrite the recorded backing format, nor record one where there is none',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: METADATA,
      applies: ({ options: { newName, newBacking, backingFormat } }) =>
        newBacking === NEXT && newName !== undefined && (newName === NEXT_RAW) !== (backingFormat === 'raw'),
    },
  },
  {
    id: 'qcow2-refcount-bits',
    operations: ['rebase', 'commit'],
    difference: 'the subject refuses refcounts of other than 16 bits (lifted for create and resize)',
    documented: 'docs/quirks.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { refcountBits } }) => number(refcountBits ?? 16) !== 16,
    },
  },
  {
    id: 'qcow2-compat-0.10',
    operations: ['create', 'resize', 'rebase', 'commit'],
    difference: 'the subject writes 1.1 whatever is asked for',
    documented: 'docs/create.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: metadataWhere(({ operation }) => operation === 'create' || operation === 'resize'),
      applies: ({ options: { compat } }) => compat === '0.10',
    },
  },
  {
    id: 'qcow2-zstd',
    operations: ['create'],
    difference: 'the subject’s header says zlib whatever is asked for',
    documented: 'docs/create.md',
    state: 'open',
    handling: { kind: 'avoid', shows: METADATA, applies: ({ options: { compression } }) => compression === 'zstd' },
  },
  {
    id: 'create-vpc-geometry',
    operations: ['create'],
    difference: 'the subject keeps the exact size, the reference rounds up to whole cylinders',
    documented: 'docs/create.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'no new vpc is asked for' },
  },
  {
    id: 'create-vhdx-default-block',
    operations: ['create'],
    difference: 'the tools’ default block sizes differ',
    documented: 'docs/create.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: METADATA,
      applies: ({ options: { format, blockSize } }) => format === 'vhdx' && blockSize === undefined,
    },
  },
  {
    id: 'resize-prealloc-metadata',
    operations: ['resize'],
    difference: 'the subject refuses to grow with preallocation=metadata',
    documented: 'docs/resize.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { preallocation } }) => preallocation === 'metadata',
    },
  },
  {
    id: 'resize-backing',
    operations: ['resize'],
    difference: 'the subject refuses an image with a backing file',
    documented: 'docs/resize.md',
    state: 'open',
    handling: { kind: 'avoid', shows: REFUSAL, applies: ({ options: { belowWrites } }) => belowWrites !== undefined },
  },
  {
    id: 'resize-snapshots',
    operations: ['resize', 'commit'],
    difference: 'an image with an internal snapshot that is resized, or has to grow: not described for the subject',
    documented: 'no source; avoided until somebody says what is meant',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      shows: refusalWhere(({ operation }) => operation === 'resize'),
      applies: ({ operation, options: { snapshot, size, baseSize } }) =>
        snapshot !== undefined && (operation === 'resize' || number(baseSize) < number(size)),
    },
  },
  {
    id: 'snapshot-no-growth',
    operations: ['snapshot'],
    difference:
      'the subject takes no snapshot for which the image’s refcount blocks are too full; the reference adds blocks',
    documented: 'docs/snapshot.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      applies: ({ options }) => options['mode'] === 'create' && snapshotOutgrows(options),
    },
  },
  {
    id: 'snapshot-refcount-bits',
    operations: ['snapshot'],
    difference: 'the subject changes no image with refcounts of other than 16 bits; it only lists its snapshots',
    documented: 'docs/snapshot.md, docs/quirks.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options }) => !isList(options) && number(options['refcountBits'] ?? 16) !== 16,
    },
  },
  {
    id: 'snapshot-compressed',
    operations: ['snapshot'],
    difference: 'the subject changes no image with compressed clusters; it only lists its snapshots',
    documented: 'docs/snapshot.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      applies: ({ options }) => !isList(options) && [...stagesOf(options), options['writes']].some(hasCompressed),
    },
  },
  {
    id: 'snapshot-16-cap',
    operations: ['snapshot'],
    difference: 'the subject refuses a 17th snapshot',
    documented: 'docs/snapshot.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'an image has two at most when one is taken' },
  },
  {
    id: 'snapshot-bitmaps',
    operations: ['snapshot'],
    difference: 'the subject changes no image with persistent bitmaps',
    documented: 'docs/snapshot.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'no image has both' },
  },
  {
    id: 'snapshot-dirty',
    operations: ['snapshot'],
    difference: 'the subject changes no image that was left dirty or is marked corrupt; the reference repairs it first',
    documented: 'docs/snapshot.md',
    state: 'by design',
    handling: {
      kind: 'unreachable',
      because: 'the reference closes what it makes, and a damaged header is a mistake that both must refuse',
    },
  },
  {
    id: 'snapshot-resized',
    operations: ['snapshot'],
    difference: 'the subject does not go back to a snapshot of a disk of another size; the reference cuts it off',
    documented: 'docs/snapshot.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'no image is resized after a snapshot was taken' },
  },
  {
    id: 'snapshot-long-name',
    operations: ['snapshot'],
    difference: 'the subject refuses a name above 255 bytes, which the reference shortens',
    documented: 'docs/snapshot.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'names are short' },
  },
  {
    id: 'snapshot-empty-name',
    operations: ['snapshot'],
    difference: 'the subject takes no snapshot without a name',
    documented: 'docs/snapshot.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'every snapshot has a name' },
  },
  {
    id: 'snapshot-mixed-modes',
    operations: ['snapshot'],
    difference: 'with two modes at once the subject ends with another exit code',
    documented: 'docs/snapshot.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'one thing is asked for at a time' },
  },
  {
    id: 'snapshot-freed-bytes',
    operations: ['snapshot'],
    difference: 'what is freed keeps its bytes in the subject’s file and becomes a hole in the reference’s',
    documented: 'docs/snapshot.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'only what a guest reads is compared, not what is allocated' },
  },
  {
    id: 'check-bitmaps',
    operations: ['bitmap'],
    difference: 'the subject may count what only bitmaps use as leaks',
    documented: 'docs/check.md, which names no bitmaps among what it follows',
    state: 'unknown',
    handling: { kind: 'avoid', applies: ({ twin }) => twin === 'examine' },
  },
  {
    id: 'bitmap-large-cluster',
    operations: ['bitmap'],
    difference:
      'the subject refuses an image whose bitmaps need more room than it has for them; how much that is, is not told',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'clusters have 64 KiB at most' },
  },
  {
    id: 'bitmap-no-space',
    operations: ['bitmap'],
    difference:
      'the subject refuses what needs more clusters than the image’s refcount blocks count; the reference adds blocks',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      applies: ({ options }) => bitmapOutgrows(options),
    },
  },
  {
    id: 'bitmap-refcount-bits',
    operations: ['bitmap'],
    difference: 'the subject refuses refcounts of other than 16 bits',
    documented: 'docs/bitmap.md, docs/quirks.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { refcountBits } }) => number(refcountBits ?? 16) !== 16,
    },
  },
  {
    id: 'bitmap-merge-mixed',
    operations: ['bitmap'],
    difference: 'the subject merges only where nothing else is asked for',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { asked } }) => asked === 'add and merge',
    },
  },
  {
    id: 'bitmap-merge-granularity',
    operations: ['bitmap'],
    difference: 'the subject merges only bitmaps of one granularity; the reference converts',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: REFUSAL,
      applies: ({ options: { asked, first, second } }) =>
        asked === 'merge' && memberOf(first, 'granularity') !== memberOf(second, 'granularity'),
    },
  },
  {
    id: 'bitmap-merge-cross-file',
    operations: ['bitmap'],
    difference: 'the subject merges no bitmap of another file',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'what is merged lies in the same file' },
  },
  {
    id: 'bitmap-flag-order',
    operations: ['bitmap'],
    difference: 'of a flag that is given twice the subject forgets the order',
    documented: 'docs/bitmap.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'each flag is given once' },
  },
  {
    id: 'bitmap-empty-extension',
    operations: ['bitmap'],
    difference: 'the subject leaves an empty header extension where the last bitmap was removed',
    documented: 'docs/bitmap.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'what the reference says of an image does not mention it' },
  },
  {
    id: 'convert-vpc-size',
    operations: ['convert'],
    difference: 'the subject keeps the exact size of a vpc target, the reference rounds up to whole cylinders',
    documented: 'docs/quirks.md',
    state: 'by design',
    handling: {
      kind: 'tolerate',
      where: 'a vpc that is less than a cylinder smaller than the reference’s is the same disk',
    },
  },
  {
    id: 'repair-leaks-scope',
    operations: ['repair'],
    difference:
      'asked to repair leaks, the subject frees clusters that nothing refers to; the reference also lowers counts that are too high, corrects flags, and leaves alone what it cannot',
    documented: 'docs/check.md',
    state: 'by design',
    handling: {
      kind: 'avoid',
      applies: ({ options: { tier, damage } }) => tier === 'leaks' && damage !== 'leaked',
    },
  },
  {
    id: 'repair-compressed',
    operations: ['repair'],
    difference:
      'the subject reclaims only leaks in an image with compressed clusters, and says that its repair is incomplete',
    documented: 'docs/check.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'no image that is repaired has compressed clusters' },
  },
  {
    id: 'repair-snapshots',
    operations: ['repair'],
    difference: 'the subject repairs no image with snapshots',
    documented: 'docs/check.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'no image that is repaired has snapshots' },
  },
  {
    id: 'backing-allowlist',
    operations: ['rebase', 'commit', 'create'],
    difference: 'the subject refuses a backing file outside the image’s own directory',
    documented: 'docs/chain-discovery.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'a chain lives in one directory' },
  },
  {
    id: 'size-suffix-b',
    operations: ['create', 'resize'],
    difference: 'the suffix b means 512 bytes to the subject, 1 to the reference',
    documented: 'docs/resize.md',
    state: 'open',
    handling: { kind: 'avoid', shows: ANOTHER_SIZE, applies: ({ options: { suffix } }) => suffix === 'b' },
  },
  {
    id: 'dd-empty-vmdk',
    operations: ['dd'],
    difference: 'of nothing the subject makes a vmdk that nobody can read, the reference refuses to',
    documented: 'docs/dd.md',
    state: 'by design',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => asksFor(choice, 'vmdk') && copiesNothing(choice, source),
    },
  },
  {
    id: 'dd-empty-vhdx',
    operations: ['dd'],
    difference: 'of nothing the subject makes a vhdx that nobody can read, the reference one of no size',
    documented: 'docs/dd.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => asksFor(choice, 'vhdx') && copiesNothing(choice, source),
    },
  },
  {
    id: 'dd-empty-vpc',
    operations: ['dd'],
    difference: 'of nothing the reference makes a vpc of no size: that the subject does is not described',
    documented: 'docs/dd.md speaks of windows that are not empty',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => asksFor(choice, 'vpc') && copiesNothing(choice, source),
    },
  },
  {
    id: 'dd-empty-read',
    operations: ['dd'],
    difference:
      'an image of no size, which the reference leaves of nothing: that the subject reads one is not described',
    documented: 'no source; avoided until somebody says what is meant',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: (choice, source) => choice.twin !== 'none' && copiesNothing(choice, source),
    },
  },
  {
    id: 'dd-odd-end',
    operations: ['dd'],
    difference:
      'a raw file that ends within a sector counts in whole sectors to the reference; how much of it there is behind a start within a sector to the subject is not described',
    documented: 'docs/dd.md speaks of the size; measured: qemu-img 10.0, 1000000 bytes',
    state: 'unknown',
    handling: { kind: 'avoid', applies: endsOddly },
  },
  {
    id: 'dd-vhdx-block',
    operations: ['dd'],
    difference: 'the tools’ default block sizes of a vhdx differ',
    documented: 'docs/dd.md',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'only of a qcow2 image the description is compared, of others the content' },
  },
  {
    id: 'dd-f-ignored',
    operations: ['dd'],
    difference: 'the subject ignores -f and finds out the format by itself, the reference takes it as it is given',
    documented: 'docs/dd.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the source’s format is never named' },
  },
  {
    id: 'dd-options',
    operations: ['dd'],
    difference: 'the subject refuses seek, osize, isize, conv, -n, -l, -U and the standard input',
    documented: 'docs/dd.md',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'none of these is asked for' },
  },
  {
    id: 'amend-zstd-downgrade',
    operations: ['amend'],
    difference: 'the subject makes no image of the older version of one whose clusters are compressed by zstd',
    documented: 'its plan for amend',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'no image that is amended is made with zstd' },
  },
  {
    id: 'amend-other-keys',
    operations: ['amend'],
    difference: 'the subject knows compat and lazy_refcounts alone, the reference changes more',
    documented: 'its plan for amend',
    state: 'open',
    handling: { kind: 'unreachable', because: 'nothing else is asked for' },
  },
  {
    id: 'amend-dirty',
    operations: ['amend'],
    difference: 'the subject refuses an image that is marked as dirty or corrupt',
    documented: 'its plan for amend',
    state: 'by design',
    handling: { kind: 'unreachable', because: 'the reference closes the images that it makes' },
  },
  {
    id: 'amend-ext-overflow',
    operations: ['amend'],
    difference: 'the subject refuses an image whose header extensions do not fit into a cluster any more',
    documented: 'its plan for amend',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the names of backing files are short' },
  },
  {
    id: 'amend-noop',
    operations: ['amend'],
    difference: 'where nothing is to be changed the subject leaves the file alone, the reference may write it again',
    documented: 'its plan for amend',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'what is said and read of an image is compared, not its bytes' },
  },
  {
    id: 'amend-feature-table',
    operations: ['amend'],
    difference: 'the subject adds no table of feature names to an image of the newer version',
    documented: 'its plan for amend',
    state: 'by design',
    handling: { kind: 'tolerate', where: 'no description of an image holds that table' },
  },
  {
    id: 'amend-lazy-downgrade',
    operations: ['amend'],
    difference:
      'the older version and lazy refcounts, asked for together: the reference refuses that unless they are on already; not described for the subject',
    documented: 'measured: qemu-img 5.2 to 11.1; in none of the subject’s documents',
    state: 'unknown',
    handling: {
      kind: 'avoid',
      applies: ({ options: { asks } }) => asks === 'compat=0.10,lazy_refcounts=on',
    },
  },
  {
    id: 'amend-snapshots',
    operations: ['amend'],
    difference: 'an image with an internal snapshot: not described for the subject',
    documented: 'no source; avoided until somebody says what is meant',
    state: 'unknown',
    handling: { kind: 'avoid', applies: ({ options: { snapshot } }) => snapshot !== undefined },
  },
];

/** The ids of the gaps that pickers are steered around: those that can be lifted for a run. */
export const LIFTABLE: readonly string[] = GAPS.flatMap(({ id, handling }) => (handling.kind === 'avoid' ? [id] : []));

/** Tells the id of the first gap that a choice would step into; undefined where the way is free. */
export type GapOf = (choice: Choice, source: Source) => string | undefined;

/** The gaps of a ledger that keep something back: those that are not lifted for this run. */
export function unlifted(lifted: readonly string[], ledger: readonly Gap[] = GAPS): readonly Gap[] {
  return ledger.filter(({ id }) => !lifted.includes(id));
}

/** Knows every gap but those that are lifted, and those that only some versions of the tools have: a plan knows no versions. */
export function gapsWithout(lifted: readonly string[], ledger: readonly Gap[] = GAPS): GapOf {
  const gaps = unlifted(lifted, ledger).filter(({ versions }) => versions === undefined);
  return (choice, source) => firstGap(gaps, choice, source)?.id;
}

function isDamaged({ mistakes = [] }: Choice): boolean {
  return mistakes.some((name) => name.startsWith('damaged'));
}
