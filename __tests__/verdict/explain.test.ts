import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Finding as FromOutside } from '../../src/report/merge/outside-verdict.ts';
import { explain } from '../../src/verdict/explain.ts';
import { ABSENT, type Finding, OWN_REPORT } from '../../src/verdict/finding.ts';
import { findingsWith } from '../support/bugs.ts';
import { REPOSITORY } from '../support/paths.ts';

const ended = (subject: number, reference: number) => ({
  kind: 'exit' as const,
  subject: { kind: 'exited', code: subject } as const,
  reference: { kind: 'exited', code: reference } as const,
});
const json = (what: string, pointer: string, form: { as?: 'lines' | 'extents' } = {}) => ({
  kind: 'json' as const,
  what,
  differences: [{ pointer, subject: ABSENT, reference: '1' }],
  ...form,
});
const content = (more: object = {}) => ({ kind: 'content' as const, broken: undefined, ...more });
const size = (more: object = {}) => ({ kind: 'size' as const, reader: undefined, ...more });
const unreadable = { kind: 'unreadable' } as const;
const unparsable = { kind: 'unparsable' } as const;
const inconsistent = { kind: 'inconsistent' } as const;
const aboveBound = (side: 'subject' | 'reference') => ({ kind: 'above-bound' as const, side });

const NO_JSON = 'The subject’s output is not valid JSON, or lacks a member that it must have.';
const OWN_JSON = 'The two tools’ own JSON about the same image says different things.';
const UNUSABLE =
  'The reference cannot use the image that the subject left, though it can use its own, after the same command.';
const TWIN_REFUSED = 'The subject refuses to read an image that the reference wrote, or fails at it.';
const described: Row[1] = [
  [
    json('new.qcow2', '/virtual-size'),
    'What the reference reports of the image that the subject left is not what it reports of its own, after the same command.',
  ],
  [unreadable, UNUSABLE],
];
const inSnapshot: Row[1] = [
  [
    content({ snapshot: '1' }),
    'An internal snapshot holds other data in the subject’s image than in the reference’s, after the same command.',
  ],
  [
    size(),
    'An internal snapshot is a disk of another size in the subject’s image than in the reference’s, after the same command.',
  ],
  [
    unreadable,
    'The reference cannot read an internal snapshot in the image that the subject left, though it can in its own, after the same command.',
  ],
];

/** A kind, and the members of the finding that matter. */
type Form = { readonly kind: Finding['kind']; readonly [member: string]: unknown };

/** A type of docs/findings.md, each form in which it is found, and what that means. */
type Row = readonly [type: string, means: readonly (readonly [form: Form, sentence: string])[]];

const ROWS: readonly Row[] = [
  [
    'exit_code_divergence',
    [
      [
        ended(1, 0),
        'Both tools were asked for the same, but they end differently: one refuses or fails where the other does not, or their exit codes, which may be the answer, are not the same.',
      ],
    ],
  ],
  [
    'crash_divergence',
    [[{ kind: 'crash' }, 'The subject was killed by a signal or panicked. No input may make it do that.']],
  ],
  [
    'input_modified_divergence',
    [
      [
        { kind: 'input-modified' },
        'The subject changed a file that this command must leave as it was: one that it only reads, or any where it has to refuse.',
      ],
    ],
  ],
  [
    'fixture_divergence',
    [
      [
        unreadable,
        'While the step was prepared, the reference could not do with the subject’s files what it had done with its own.',
      ],
    ],
  ],
  ['info_json_divergence', [[json(OWN_REPORT, '/format'), OWN_JSON]]],
  ['info_json_parse_failure', [[unparsable, NO_JSON]]],
  ['create_info_divergence', described],
  ['resize_info_divergence', described],
  ['rebase_info_divergence', described],
  ['commit_overlay_info_divergence', described],
  ['commit_backing_info_divergence', described],
  ['convert_info_divergence', described],
  [
    'convert_content_divergence',
    [
      [
        content(),
        'A guest reads other data from the subject’s image than from the reference’s, after the same command.',
      ],
      [
        content({ broken: 'it stays' }),
        'The subject’s result breaks an invariant that must hold for any correct tool (see “expected”): data is lost or wrong.',
      ],
      [size(), 'The images that the two tools left are disks of different sizes to a guest.'],
      [unreadable, UNUSABLE],
    ],
  ],
  [
    'rebase_invariant_divergence',
    [
      [
        content({ broken: 'it stays', both: true }),
        'Both results break an invariant that must hold for any correct tool (see “expected”): a guest reads wrong data.',
      ],
      [
        content({ broken: 'it stays' }),
        'The subject’s result breaks an invariant that must hold for any correct tool (see “expected”): data is lost or wrong.',
      ],
    ],
  ],
  [
    'commit_twin_info_divergence',
    [
      [
        json(OWN_REPORT, '/children'),
        'The two tools’ own reports of an image that the reference wrote say different things.',
      ],
      [ended(1, 0), TWIN_REFUSED],
      [unparsable, NO_JSON],
    ],
  ],
  [
    'commit_twin_check_divergence',
    [
      [inconsistent, 'The two tools’ own checks of an image that the reference wrote count different damage.'],
      [ended(63, 0), TWIN_REFUSED],
      [unparsable, NO_JSON],
    ],
  ],
  [
    'commit_twin_content_divergence',
    [
      [
        content({ broken: 'its copy reads as what the reference wrote', twin: true }),
        'From an image that the reference wrote, the subject reads other data than the reference.',
      ],
      [size(), 'The subject’s copy of an image that the reference wrote is a disk of another size.'],
      [unreadable, 'The reference cannot use the copy that the subject made of an image which the reference wrote.'],
      [ended(1, 0), TWIN_REFUSED],
    ],
  ],
  [
    'convert_third_reader_divergence',
    [
      [
        size({ reader: 'qcowinfo' }),
        'To a third program, the images that the two tools left are disks of different sizes.',
      ],
      [
        { ...unreadable, reader: 'qcowinfo' },
        'A third program can read the image that the reference left, but not the subject’s.',
      ],
      // As it was told before a finding named the reader.
      [unreadable, 'A third program can read the image that the reference left, but not the subject’s.'],
    ],
  ],
  [
    'create_check_divergence',
    [
      [inconsistent, 'The reference’s check finds more damage in the subject’s image than in its own.'],
      [unreadable, UNUSABLE],
    ],
  ],
  ['check_counts_divergence', [[inconsistent, 'The two tools’ own checks of the same image count different damage.']]],
  ['check_json_parse_failure', [[unparsable, NO_JSON]]],
  ['map_divergence', [[json('its map at byte 0', '/0/data', { as: 'extents' }), OWN_JSON]]],
  ['map_json_parse_failure', [[unparsable, NO_JSON]]],
  [
    'compare_identity_divergence',
    [
      [
        ended(0, 1),
        'The subject calls two disks equal that the reference calls different: who then deletes one of them loses what only that one held.',
      ],
    ],
  ],
  [
    'convert_unreadable_divergence',
    [
      [
        ended(0, 1),
        'Data of the image cannot be read, and the reference says so. The subject reports success all the same: what it wrote or answered rests on something else.',
      ],
    ],
  ],
  [
    'convert_unwritten_divergence',
    [
      [
        ended(0, 1),
        'There was no room for what was to be written, and the reference says so. The subject reports success all the same: a part may be missing.',
      ],
    ],
  ],
  [
    'compare_output_divergence',
    [
      [
        json('what it prints', '/0', { as: 'lines' }),
        'Both tools find two disks different, but name the first difference in another place or in other words.',
      ],
    ],
  ],
  [
    'measure_divergence',
    [
      [json('its measurement', '/required'), OWN_JSON],
      [
        aboveBound('subject'),
        'What the subject converted became larger than it had measured, beyond the tolerance that it documents.',
      ],
    ],
  ],
  ['measure_json_parse_failure', [[unparsable, NO_JSON]]],
  [
    'measure_invariant_divergence',
    [[aboveBound('reference'), 'What the reference converted became larger than both tools had measured.']],
  ],
  ['commit_snapshot_divergence', inSnapshot],
  ['rebase_snapshot_divergence', inSnapshot],
  ['resize_snapshot_divergence', inSnapshot],
  ['snapshot_snapshot_divergence', inSnapshot],
  [
    'snapshot_list_divergence',
    [
      [
        json('the list of snapshots', '/1', { as: 'lines' }),
        'The lists of internal snapshots differ: each tool’s own list of the same image, or the reference’s lists of the images that the two tools left.',
      ],
      [unreadable, UNUSABLE],
    ],
  ],
];

const findingOf = (type: string, form: Form): Finding => {
  const whole = { ...findingsWith('text')[form.kind], mistake: undefined, ...form, type };
  return JSON.parse(JSON.stringify(whole)) as Finding;
};

describe('what a difference means', () => {
  it.each(ROWS)('is told of %s as it is', (type, means) => {
    for (const [form, sentence] of means) expect(explain(findingOf(type, form))).toBe(sentence);
  });

  it.each(ROWS)('comes in %s in forms that other jobs may hand over', (type, means) => {
    for (const [form] of means) expect(v.safeParse(FromOutside, findingOf(type, form)).issues).toBeUndefined();
  });

  it('is told of every type on the page about findings, and of no other', () => {
    expect(ROWS.map(([type]) => type).toSorted()).toEqual(documented().toSorted());
  });

  it('is told of every type that the source names, or of one that ends alike', () => {
    const named = ['oracles', 'operations', 'execution', 'verdict'].flatMap((folder) => {
      const place = join(REPOSITORY, 'src', folder);
      const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
      return files.flatMap(
        (file) => readFileSync(join(place, file), 'utf8').match(/\w+_(?:divergence|parse_failure)\b/g) ?? [],
      );
    });
    expect(named.length).toBeGreaterThan(30);
    const types = ROWS.map(([type]) => type);
    const likes = [...named].filter((name) => !types.some((type) => type.endsWith(name.replace(/^[a-z]+_/, '_'))));
    expect(likes).toEqual([]);
  });
});

/** The types in the first column of the table of types. */
function documented(): string[] {
  const [, section = ''] = readFileSync(join(REPOSITORY, 'docs/findings.md'), 'utf8').split('## Types\n');
  const cells = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, type = '']) => type));
}
