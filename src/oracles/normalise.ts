import type { Json } from './json.ts';

/** One thing that is left out of a comparison of `info` JSON, and why it may be. */
interface Rule {
  readonly key: string;
  readonly strength: 'read' | 'written' | 'both';
  readonly reason: string;
  /** Only for images of this format. */
  readonly format?: string;
  /** Only inside the description of a child node, which describes the container file and not the disk, or of an internal snapshot. */
  readonly within?: 'children' | 'snapshots';
}

/**
 * Every normalisation there is. `read`: the subject's own JSON against the reference's, for one file. `written`: the
 * reference's JSON on the two files that the two tools wrote. Paths need no rule: both sides use the same relative ones.
 */
export const RULES: readonly Rule[] = [
  { key: 'actual-size', strength: 'both', reason: 'allocated blocks move with the file system and the layout' },
  { key: 'dirty-flag', strength: 'both', reason: 'run-time state, and only shown since 6.1' },
  { key: 'filename', strength: 'read', reason: 'how a tool spells the path that it was given' },
  { key: 'disk size', strength: 'read', reason: 'allocated blocks, in the human spelling' },
  { key: 'image-clusters', strength: 'read', reason: 'each tool counts clusters its own way' },
  { key: 'fragmented-clusters', strength: 'read', reason: 'each tool counts fragments its own way' },
  { key: 'allocated-clusters', strength: 'read', reason: 'each tool counts clusters its own way' },
  { key: 'format-specific', strength: 'read', reason: 'documented as incomplete in the subject' },
  { key: 'refcount-block-cache-size', strength: 'written', reason: 'a run-time cache hint, not image content' },
  { key: 'l2-cache-size', strength: 'written', reason: 'a run-time cache hint, not image content' },
  { key: 'l2-cache-entry-size', strength: 'written', reason: 'a run-time cache hint, not image content' },
  { key: 'cache-clean-interval', strength: 'written', reason: 'a run-time cache hint, not image content' },
  { key: 'cid', strength: 'written', format: 'vmdk', reason: 'random in each file' },
  { key: 'parent-cid', strength: 'written', format: 'vmdk', reason: 'random in each file' },
  { key: 'log-size', strength: 'written', format: 'vhdx', reason: 'another default' },
  {
    key: 'virtual-size',
    strength: 'written',
    within: 'children',
    reason: 'the container file’s length, which is layout; the disk’s own size stays',
  },
  {
    key: 'virtual-size',
    strength: 'read',
    format: 'qcow2',
    within: 'children',
    reason: 'the larger of the file’s length and the end of its metadata',
  },
  {
    key: 'virtual-size',
    strength: 'read',
    format: 'raw',
    within: 'children',
    reason: 'the file’s length, which is not described where it ends within a sector; the disk’s own size stays',
  },
  {
    key: 'extent-size-hint',
    strength: 'written',
    within: 'children',
    reason: 'qemu gives one to what it creates on XFS',
  },
  { key: 'date-sec', strength: 'written', within: 'snapshots', reason: 'when each side took it' },
  { key: 'date-nsec', strength: 'written', within: 'snapshots', reason: 'when each side took it' },
];

/** A document without what the rules of this strength leave out. */
export function normalise(json: Json, strength: 'read' | 'written', format: string): Json {
  const rules = RULES.filter(
    (rule) => (rule.strength === strength || rule.strength === 'both') && (rule.format ?? format) === format,
  );
  return strip(json, rules, []);
}

function strip(json: Json, rules: readonly Rule[], inside: readonly string[]): Json {
  if (Array.isArray(json)) return json.map((item) => strip(item, rules, inside));
  if (typeof json !== 'object' || json === null) return json;
  const applying = rules.filter(({ within }) => within === undefined || inside.includes(within));
  const dropped = new Set(applying.map((rule) => rule.key));
  const kept = Object.entries(json).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, strip(value, rules, [...inside, key])]));
}
