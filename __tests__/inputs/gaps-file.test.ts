import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gapsSchema } from '../../script/gaps-schema.ts';
import { GAPS, gapsWithout, LIFTABLE } from '../../src/gaps/ledger.ts';
import { readGaps } from '../../src/inputs/gaps-file.ts';
import { USUAL_NAMES } from '../../src/operations/index.ts';
import { plansOf } from '../../src/session/plans.ts';
import { cli, newDirectory } from '../support/cli.ts';
import { REPOSITORY } from '../support/paths.ts';

const page = readFileSync(join(REPOSITORY, 'docs/gaps-file.md'), 'utf8');
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

const entry = (changes: string) => `version: 1
gaps:
  - id: mine
    state: open
    operations: [resize]
    difference: something differs
    documented: docs/resize.md
    when:
      options.format: raw
${changes}`;

/** Ten lists, each of which holds the one before ten times. */
const BOMB = Array.from({ length: 10 }, (_, at) => {
  const items = at === 0 ? 'x' : Array.from({ length: 10 }, () => `*l${at - 1}`).join(', ');
  return `l${at}: &l${at} [${items}]`;
}).join('\n');

/** Each with the line and column of the mistake, and words that say what it is. */
const MISTAKES: readonly [string, string, string][] = [
  ['no YAML', 'gaps: [', '1:8: '],
  ['a tab for an indent', 'version: 1\ngaps:\n\t- id: x', '3:1: '],
  ['a key twice', 'version: 1\nversion: 1\ngaps: []', '2:1: Map keys must be unique'],
  ['nothing', '', '1:1: '],
  ['a list', '- id: x', '1:1: '],
  ['no version', 'gaps: []', '"version" is missing.'],
  ['another version', 'version: 2\ngaps: []', '1:10: "version" is 2'],
  ['no gaps', 'version: 1', '"gaps" is missing.'],
  ['an unknown member of the file', 'version: 1\ngaps: []\nnotes: x', '3:8: "notes" is not allowed here.'],
  [
    'an unknown member of an entry',
    entry('    reason: x'),
    '10:13: "reason" is not allowed here. A file has version and gaps',
  ],
  ['an id in capitals', 'version: 1\ngaps:\n  - id: Mine', '3:9: "id" is "Mine"'],
  ['no id', 'version: 1\ngaps:\n  - state: open', '3:5: "id" is missing.'],
  ['an id twice', `${entry('')}\n  - id: mine\n    state: open`, '11:9: "mine" is listed twice.'],
  [
    'too little',
    'version: 1\ngaps:\n  - id: mine\n    state: open',
    '3:5: "mine" is not a shipped gap, and lacks operations, difference, documented, when.',
  ],
  ['an unknown state', entry('').replace('state: open', 'state: done'), '4:12: "state" is "done"'],
  [
    'a lifted gap of one’s own',
    entry('').replace('state: open', 'state: lifted'),
    '4:12: only a shipped gap can be lifted',
  ],
  [
    'an unknown operation',
    entry('').replace('[resize]', '[resize, format]'),
    '5:26: "format" is not an operation. Known are amend, bitmap,',
  ],
  ['no condition', entry('').replace(/when:[\s\S]*/, 'when: {}'), '8:11: it has no condition'],
  [
    'an unknown field',
    entry('      options.cluster: 512'),
    '10:24: "options.cluster" is not a field of resize. Known are options.format,',
  ],
  [
    'a field of another operation',
    entry('      options.target: raw'),
    '10:23: "options.target" is not a field of resize.',
  ],
  [
    'a value that never is',
    entry('').replace('format: raw', 'format: vdi'),
    '9:23: "options.format" is never "vdi". It can be raw, qcow2 or none.',
  ],
  [
    'a word for a number',
    entry('      options.size: large'),
    '10:21: "options.size" is a number, and "large" is none.',
  ],
  [
    'a size of a word',
    entry('').replace('format: raw', 'format: { above: 3 }'),
    '9:23: "options.format" cannot be compared by above, only by is, isNot.',
  ],
  ['an unknown comparison', entry('').replace('format: raw', 'format: { over: 3 }'), '9:23: '],
  [
    'a list compared with a value',
    entry('      options.writes: zeros'),
    '10:23: "options.writes" cannot be compared by is, only by has, hasNot.',
  ],
  ...['has', 'hasNot'].map((operator): [string, string, string] => [
    `a list that ${operator} nothing`,
    entry(`      options.writes: { ${operator}: none }`),
    '10:23: "options.writes" never has "none". It can have',
  ]),
  [
    'a shipped gap that is explained',
    'version: 1\ngaps:\n  - id: info-raw\n    state: lifted\n    difference: x',
    '5:17: "info-raw" is a shipped gap',
  ],
  [
    'a shipped gap left as it is',
    'version: 1\ngaps:\n  - id: info-raw',
    '3:9: give "info-raw" either "state: lifted" or a "when".',
  ],
  [
    'a shipped gap that is never drawn',
    'version: 1\ngaps:\n  - id: backing-allowlist\n    state: lifted',
    '3:9: "backing-allowlist" is never drawn',
  ],
  ['an alias of itself', 'version: 1\ngaps: &a [*a]', '2:11: "id" is missing.'],
  ['a bomb of aliases', BOMB, '1:1: "the document" is missing.'],
];

describe('a file of known gaps', () => {
  it.each(MISTAKES)('with %s is refused with line and column', (_, text, words) => {
    const read = readGaps(text, GAPS);
    expect('problems' in read ? read.problems.join('\n') : 'accepted').toContain(words);
  });

  it('has all its mistakes told at once, and stops the run before it begins', async () => {
    const path = join(newDirectory(), 'gaps.yml');
    writeFileSync(path, `${entry('      options.cluster: 512')}\n  - id: Mine\n`);
    const { code, stderr } = await cli('--gaps-file', path);
    expect(code).toBe(2);
    expect(stderr).toContain(`Input "gaps-file": ${path}:11:9: "id" is "Mine"`);
    const missing = await cli('--gaps-file', 'no/such.yml');
    expect(missing.stderr).toContain('Input "gaps-file": "no/such.yml" is not a readable file of at most 1024 KiB.');
  });

  it('silences exactly its case', () => {
    const read = readGaps(
      entry('      options.size: { atLeast: 4194304 }\n      options.writes: { has: zeros }'),
      GAPS,
    );
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const [without, withIt] = [gapsWithout([]), gapsWithout([], read.gaps)];
    const before = plansOf('own', USUAL_NAMES, without);
    const indices = Array.from({ length: 600 }, (_, index) => index);
    const steps = indices.flatMap((index) => {
      const { source, steps: own } = before(index);
      return own.flatMap((step) => (step.kind === 'run' ? [{ step, source }] : []));
    });
    const isCase = ({ operation, options }: (typeof steps)[number]['step']) => {
      const { format, size, writes } = options as { format?: string; size?: number; writes?: { kind: string }[] };
      const zeros = writes?.some(({ kind }) => kind === 'zeros') ?? false;
      return operation === 'resize' && format === 'raw' && (size ?? 0) >= 4_194_304 && zeros;
    };
    const silenced = steps.filter(({ step, source }) => withIt(step, source) !== undefined);
    expect(silenced.length).toBeGreaterThan(3);
    expect(silenced).toEqual(steps.filter(({ step }) => isCase(step)));
    const later = plansOf('own', USUAL_NAMES, withIt);
    const drawn = indices.flatMap((index) => later(index).steps.flatMap((step) => (step.kind === 'run' ? [step] : [])));
    expect(drawn.filter(isCase)).toEqual([]);
    expect(indices.flatMap((index) => later(index).avoided)).toContain('mine');
  });

  it('lifts and narrows shipped gaps by their ids, as the example does', () => {
    const read = readGaps(EXAMPLE, GAPS);
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const ids = read.gaps.map(({ id }) => id);
    expect(ids).not.toContain('resize-large-cluster');
    expect(ids).toContain('convert-to-large-vhdx-blocks');
    expect(ids).toHaveLength(GAPS.length);
    const gapOf = gapsWithout([], read.gaps);
    const compressed = (clusterSize: number) => ({
      operation: 'commit',
      twin: 'none' as const,
      options: { clusterSize, overlayWrites: [{ kind: 'compressed', offset: 0, length: clusterSize, byte: 1 }] },
    });
    const source = { format: 'raw', size: 512, pattern: 'zeros', writes: [], history: { kind: 'created' } } as const;
    expect(gapOf(compressed(512), source)).toBe('commit-compressed');
    expect(gapOf(compressed(65_536), source)).toBeUndefined();
  });
});

describe('a gap that is shipped', () => {
  it('can be lifted by its id, whichever draws are steered around', () => {
    const entries = LIFTABLE.map((id) => `  - id: ${id}\n    state: lifted\n`);
    const read = readGaps(`version: 1\ngaps:\n${entries.join('')}`, GAPS);
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    expect(read.gaps.filter(({ id }) => LIFTABLE.includes(id))).toEqual([]);
  });
});

describe('the published schema', () => {
  const schema = readFileSync(join(REPOSITORY, 'docs/gaps-file.schema.json'), 'utf8');
  const validate = new Ajv({ strict: false }).compile(JSON.parse(schema));

  it('is what npm run docs makes of what is accepted', () => {
    expect(JSON.parse(schema)).toEqual(JSON.parse(gapsSchema()));
  });

  it('takes the example, and none of the mistakes of form', () => {
    expect(validate(parse(EXAMPLE)), JSON.stringify(validate.errors)).toBe(true);
    for (const [what, text] of MISTAKES.slice(4, 12)) expect(validate(parse(text)), what).toBe(false);
  });
});
