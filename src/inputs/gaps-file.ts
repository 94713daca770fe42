import * as v from 'valibot';
import { LineCounter, parseDocument } from 'yaml';
import type { Gap } from '../gaps/gap.ts';
import { OPERATION_NAMES } from '../operations/index.ts';
import { quoted } from './check.ts';
import { conditionOf, problemWith } from './gap-conditions.ts';
import { GapsFile, UserGap } from './gaps-schema.ts';

/** Something wrong in a file: where, and what. */
interface Problem {
  readonly path: readonly (string | number)[];
  readonly says: string;
}

/**
 * Reads a file of known gaps over those that are shipped: the whole ledger, or what is wrong in a line each, with line and column. A
 * user's entry may narrow or lift a shipped one by its id.
 */
export function readGaps(
  text: string,
  shipped: readonly Gap[],
): { gaps: readonly Gap[] } | { problems: readonly string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { problems: document.errors.map(({ pos: [offset], message }) => `${place(offset)}: ${message}.`) };
  }
  const where = (path: Problem['path']): string => {
    const node = document.getIn(path, true) as { readonly range?: readonly [number, number, number] } | undefined;
    return node?.range ? place(node.range[0]) : path.length === 0 ? '1:1' : where(path.slice(0, -1));
  };
  const { problems, gaps } = checked(plain(document), shipped);
  if (problems.length > 0) return { problems: problems.map(({ path, says }) => `${where(path)}: ${says}`) };
  return { gaps };
}

/** The document's value; a bomb of aliases has none. */
function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return undefined;
  }
}

function checked(value: unknown, shipped: readonly Gap[]): { problems: readonly Problem[]; gaps: readonly Gap[] } {
  const parsed = v.safeParse(GapsFile, value);
  if (!parsed.success) return { problems: parsed.issues.map(problemOf), gaps: [] };
  const entries = parsed.output.gaps;
  const problems = entries.flatMap((entry, at) => {
    const known = shipped.find(({ id }) => id === entry.id);
    const twice = entries.findIndex(({ id }) => id === entry.id) < at;
    const own = twice ? [{ path: ['id'], says: `${quoted(entry.id)} is listed twice.` }] : problemsIn(entry, known);
    return own.map(({ path, says }) => ({ path: ['gaps', at, ...path], says }));
  });
  if (problems.length > 0) return { problems, gaps: [] };
  const changed = shipped.flatMap((gap) =>
    changedBy(
      entries.find(({ id }) => id === gap.id),
      gap,
    ),
  );
  const added = entries.filter(({ id }) => !shipped.some((gap) => gap.id === id)).map(gapOf);
  return { problems, gaps: [...changed, ...added] };
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = quoted(String(path.at(-1) ?? 'the document'));
  if (issue.expected === 'never') return { path, says: `${name} is not allowed here. ${KNOWN_MEMBERS}` };
  if (issue.received === 'undefined') return { path, says: `${name} is missing.` };
  return {
    path,
    says: `${name} is ${issue.received}, which is not what is accepted (${issue.expected ?? issue.message}).`,
  };
}

const KNOWN_MEMBERS = `A file has version and gaps, an entry ${Object.keys(UserGap.entries).join(', ')}.`;

function problemsIn(entry: UserGap, shipped: Gap | undefined): Problem[] {
  const { operations = shipped?.operations ?? [], when, state } = entry;
  const conditions = Object.entries(when ?? {}).flatMap(([name, comparison]) =>
    operations.flatMap((operation) => {
      const says = OPERATION_NAMES.includes(operation) ? problemWith(name, comparison, operation) : undefined;
      return says === undefined ? [] : [{ path: ['when', name], says }];
    }),
  );
  const empty = when !== undefined && Object.keys(when).length === 0;
  return [
    ...(shipped === undefined ? missingIn(entry) : tooMuchIn(entry, shipped)),
    ...operations.flatMap((name, at) => unknownOperation(name, at)),
    ...(empty
      ? [
          {
            path: ['when'],
            says: 'it has no condition: an operation as a whole is left out by the input "operations".',
          },
        ]
      : []),
    ...(shipped === undefined && state === 'lifted'
      ? [{ path: ['state'], says: 'only a shipped gap can be lifted: leave the entry out instead.' }]
      : []),
    ...conditions.slice(0, 1),
  ];
}

function unknownOperation(name: string, at: number): Problem[] {
  if (OPERATION_NAMES.includes(name)) return [];
  return [
    { path: ['operations', at], says: `${quoted(name)} is not an operation. Known are ${OPERATION_NAMES.join(', ')}.` },
  ];
}

function missingIn(entry: UserGap): Problem[] {
  const needed = ['state', 'operations', 'difference', 'documented', 'when'] as const;
  const missing = needed.filter((name) => entry[name] === undefined);
  if (missing.length === 0) return [];
  return [{ path: [], says: `${quoted(entry.id)} is not a shipped gap, and lacks ${missing.join(', ')}.` }];
}

/** A shipped gap explains itself. */
function tooMuchIn(entry: UserGap, { id, handling }: Gap): Problem[] {
  const extra = (['operations', 'difference', 'documented'] as const).filter((name) => entry[name] !== undefined);
  const said = extra.map((name) => ({
    path: [name],
    says: `${quoted(id)} is a shipped gap: only its state (lifted) or a narrower "when" can be given.`,
  }));
  const lifts = entry.state === 'lifted';
  if (handling.kind !== 'avoid')
    return [...said, { path: ['id'], says: `${quoted(id)} is never drawn, so there is nothing to narrow or lift.` }];
  if (!lifts && entry.state !== undefined)
    return [...said, { path: ['state'], says: 'a shipped gap’s state can only be lifted.' }];
  if (lifts === (entry.when !== undefined))
    return [...said, { path: ['id'], says: `give ${quoted(id)} either "state: lifted" or a "when".` }];
  return said;
}

function changedBy(entry: UserGap | undefined, gap: Gap): Gap[] {
  const { handling } = gap;
  if (entry === undefined || handling.kind !== 'avoid') return [gap];
  if (entry.state === 'lifted') return [];
  const narrower = conditionOf(entry.when ?? {});
  const applies: typeof handling.applies = (choice, source) =>
    handling.applies(choice, source) && narrower(choice, source);
  return [{ ...gap, handling: { kind: 'avoid', applies } }];
}

function gapOf({ id, operations = [], difference = '', documented = '', state, when = {} }: UserGap): Gap {
  const handling = { kind: 'avoid', applies: conditionOf(when) } as const;
  return {
    id,
    operations,
    difference,
    documented,
    state: state === 'open' || state === 'by design' ? state : 'unknown',
    handling,
  };
}
