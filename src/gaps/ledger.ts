import type { Choice } from '../plan/plan.ts';
import { KiB, MiB } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import type { Write } from '../plan/write.ts';
import type { Expectation, Gap } from './gap.ts';
import { mayOutgrowRefcounts } from './refcounts.ts';

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const writes = (value: unknown): readonly Write[] => (Array.isArray(value) ? value : []);

/** The unit in which a file system tells holes from data, in bytes. */
const PAGE = 4 * KiB;

/** Whether every write of the source fills whole clusters, and nothing happened to it since. */
function fillsClusters({ history, writes: all, size, clusterSize }: Source & { format: 'qcow2' }): boolean {
  const whole = (position: number) => position % clusterSize === 0 || position === size;
  const fill = ({ offset, length }: Write) => whole(offset) && whole(offset + length);
  return history.kind === 'created' && all.every(fill);
}

/** Whether a target is one of these. For all others the subject is held to its own conversion, for which an estimate too high is no matter. */
function asksFor({ options: { target } }: Choice, ...targets: string[]): boolean {
  return targets.some((name) => name === target);
}

function isCompressed({ history, writes: all }: Source): boolean {
  return all.some(({ kind }) => kind === 'compressed') || (history.kind === 'converted' && history.compressed);
}

/** What open gaps show: a refusal or another number, in each choice or in some. */
const EACH_REFUSAL: Expectation = { severities: ['refusal'], always: true };
const SOME_REFUSAL: Expectation = { severities: ['refusal'], always: false };
const SOME_METADATA: Expectation = { severities: ['metadata'], always: false };

/** What is known to differ. One entry a gap; the pickers ask `gapOf` and know none of them by name. */
export const GAPS: readonly Gap[] = [
  {
    id: 'info-raw',
    operations: ['info'],
    difference:
      'the subject takes a headerless file for raw only if it has a partition table; the reference always does',
    documented: 'docs/info.md',
    state: 'by design',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'raw' && source.pattern !== 'mbr' },
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
    id: 'measure-raw-sparse',
    operations: ['measure'],
    difference: 'the subject counts holes of a raw source as data, the reference asks the file system',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: SOME_METADATA,
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
      shows: SOME_METADATA,
      applies: (choice, source) =>
        source.format === 'qcow2' && (source.extendedL2 || isCompressed(source)) && asksFor(choice, 'qcow2'),
    },
  },
  {
    id: 'measure-chain',
    operations: ['measure'],
    difference: 'the subject measures the top layer only, the reference the whole chain',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: SOME_METADATA,
      applies: (_, source) => source.format === 'qcow2' && source.backing.length > 0,
    },
  },
  {
    id: 'measure-vhdx-source',
    operations: ['measure'],
    difference: 'the subject takes every block of a vhdx for full',
    documented: 'docs/measure.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: SOME_METADATA,
      applies: (choice, source) => source.format === 'vhdx' && asksFor(choice, 'raw', 'qcow2'),
    },
  },
  {
    id: 'vpc-fixed-detection',
    operations: ['check', 'convert', 'convert_compressed', 'measure'],
    difference:
      'a fixed vpc is raw to the reference unless it is told the format, which the subject’s convert cannot be',
    documented: 'docs/create.md; nothing about reading one',
    state: 'unknown',
    handling: { kind: 'avoid', applies: (_, source) => source.format === 'vpc' && source.subformat === 'fixed' },
  },
  {
    id: 'damaged-becomes-raw',
    operations: ['check', 'convert', 'convert_compressed', 'measure'],
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
    documented: 'nowhere any more',
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
      shows: EACH_REFUSAL,
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
      shows: EACH_REFUSAL,
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
      shows: SOME_REFUSAL,
      applies: ({ options: { clusterSize, size, baseSize, seed, baseWrites, overlayWrites } }) =>
        mayOutgrowRefcounts(number(clusterSize), Math.max(number(size), number(baseSize)), [
          ...(seed === 'seed-64k' ? [{ kind: 'data', offset: 0, length: 64 * KiB, byte: 0 } as const] : []),
          ...writes(baseWrites),
          ...writes(overlayWrites),
        ]),
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
      shows: SOME_REFUSAL,
      applies: ({ options: { mode, clusterSize, overlaySize, oldWrites, newWrites, overlayWrites } }) =>
        mode === 'safe' &&
        mayOutgrowRefcounts(number(clusterSize), number(overlaySize), [
          ...writes(oldWrites),
          ...writes(newWrites),
          ...writes(overlayWrites),
        ]),
    },
  },
  {
    id: 'rebase-compressed-member',
    operations: ['rebase'],
    difference: 'the subject cannot parse a chain with compressed clusters',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: {
      kind: 'avoid',
      shows: EACH_REFUSAL,
      applies: ({ options: { oldWrites, newWrites, overlayWrites } }) =>
        [oldWrites, newWrites, overlayWrites].flatMap(writes).some(({ kind }) => kind === 'compressed'),
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
      shows: SOME_REFUSAL,
      applies: ({ options: { baseWrites, overlayWrites } }) =>
        [baseWrites, overlayWrites].flatMap(writes).some(({ kind }) => kind === 'compressed'),
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
    handling: { kind: 'unreachable', because: 'chains are qcow2' },
  },
  {
    id: 'commit-intermediate',
    operations: ['commit'],
    difference: 'the subject refuses a base below the immediate parent',
    documented: 'docs/commit.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'chains have two images' },
  },
  {
    id: 'cluster-mismatch',
    operations: ['commit', 'rebase'],
    difference: 'the subject refuses a chain whose images differ in cluster size',
    documented: 'docs/commit.md, docs/rebase.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'a chain has one cluster size' },
  },
  {
    id: 'rebase-long-path',
    operations: ['rebase'],
    difference: 'the subject refuses a new backing path longer than the recorded slot; the reference makes room',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'all backing names are equally long' },
  },
  {
    id: 'rebase-format-ext',
    operations: ['rebase'],
    difference: 'the subject does not rewrite the recorded backing format',
    documented: 'docs/rebase.md',
    state: 'open',
    handling: { kind: 'unreachable', because: '-F is always the recorded format' },
  },
  {
    id: 'qcow2-refcount-bits',
    operations: ['rebase', 'commit'],
    difference: 'the subject refuses refcounts of other than 16 bits (lifted for create and resize)',
    documented: 'docs/quirks.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the option is not drawn' },
  },
  {
    id: 'qcow2-compat-0.10',
    operations: ['create', 'resize', 'rebase', 'commit'],
    difference: 'the subject writes 1.1 whatever is asked for',
    documented: 'docs/create.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the option is not drawn' },
  },
  {
    id: 'qcow2-zstd',
    operations: ['create'],
    difference: 'the subject’s header says zlib whatever is asked for',
    documented: 'docs/create.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the option is not drawn' },
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
    handling: { kind: 'unreachable', because: 'the block size is always given' },
  },
  {
    id: 'resize-prealloc-metadata',
    operations: ['resize'],
    difference: 'the subject refuses to grow with preallocation=metadata',
    documented: 'docs/resize.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'the value is not drawn' },
  },
  {
    id: 'resize-backing',
    operations: ['resize'],
    difference: 'the subject refuses an image with a backing file',
    documented: 'docs/resize.md',
    state: 'open',
    handling: { kind: 'unreachable', because: 'resized images have none' },
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
    handling: { kind: 'unreachable', because: 'sizes are never spelled with it' },
  },
];

/** The ids of the gaps that pickers are steered around: those that can be lifted for a run. */
export const LIFTABLE: readonly string[] = GAPS.flatMap(({ id, handling }) => (handling.kind === 'avoid' ? [id] : []));

/** Tells the id of the first gap that a choice would step into; undefined where the way is free. */
export type GapOf = (choice: Choice, source: Source) => string | undefined;

/** Knows every gap but those that are lifted. */
export function gapsWithout(lifted: readonly string[], ledger: readonly Gap[] = GAPS): GapOf {
  const gaps = ledger.filter(({ id }) => !lifted.includes(id));
  return (choice, source) =>
    gaps.find(
      ({ operations, handling }) =>
        operations.includes(choice.operation) && handling.kind === 'avoid' && handling.applies(choice, source),
    )?.id;
}

function isDamaged({ mistakes = [] }: Choice): boolean {
  return mistakes.some((name) => name.startsWith('damaged'));
}
