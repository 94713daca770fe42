import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseSync } from 'rolldown/experimental';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import { REPOSITORY } from '../support/paths.ts';

const SOURCE = join(REPOSITORY, 'src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const textOf = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

/** The folders in the order in which data flows, as ARCHITECTURE.md draws them; a file, also of a folder in one of them, imports from its own or from those before. */
const ORDER =
  'verdict plan gaps trust sandbox oracles operations execution triage history report page inputs session github shell command-line action .'.split(
    ' ',
  );

function importsOf(file: string): string[] {
  const paths = [...textOf(file).matchAll(/^(?:import|export)[^'"]*?from '(\.[^']+)';/gms)].map(
    ([, path]) => path ?? '',
  );
  return paths.map((path) => relative(SOURCE, join(SOURCE, dirname(file), path)));
}

describe('imports', () => {
  it.each(files)('of %s point one way', (file) => {
    const rank = (name: string) => ORDER.indexOf(dirname(name).split('/')[0] ?? '');
    expect(rank(file)).toBeGreaterThanOrEqual(0);
    for (const imported of importsOf(file)) {
      expect(rank(imported), imported).toBeGreaterThanOrEqual(0);
      expect(rank(imported), imported).toBeLessThanOrEqual(rank(file));
    }
  });
});

describe('the registry', () => {
  it('and the folder agree', () => {
    const folder = files.filter((file) => dirname(file) === 'operations');
    const defining = folder.filter((file) => /= operation\(\{/.test(textOf(file))).map((file) => `./${basename(file)}`);
    const registered = [...textOf('operations/registry.ts').matchAll(/from '(\.\/[^']+)'/g)].map(([, path]) => path);
    expect(registered.toSorted()).toEqual(defining.toSorted());
    expect(OPERATION_NAMES).toHaveLength(defining.length);
    const others = folder.map((file) => `./${basename(file)}`).filter((file) => !defining.includes(file));
    expect(others.toSorted()).toEqual(['./index.ts', './operation.ts', './registry.ts']);
  });
});

/** The files that spell commands of a tool which are called like an operation, and these. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  // Oracles ask the reference with its own commands,
  'oracles/answer.ts': ['compare'],
  'oracles/consistency.ts': ['check'],
  'oracles/compared.ts': ['compare'],
  'oracles/content.ts': ['info'],
  'oracles/info.ts': ['compare', 'info'],
  'oracles/map.ts': ['map'],
  'oracles/measure.ts': ['convert', 'measure'],
  'oracles/regrown.ts': ['resize'],
  'oracles/snapshots.ts': ['compare', 'convert'],
  'oracles/twin.ts': ['convert', 'info'],
  // and so does what runs them; docker has an `info` too.
  'execution/assistant.ts': ['map'],
  'execution/bench.ts': ['compare'],
  'execution/qemu-io.ts': ['compare'],
  'execution/second-opinion.ts': ['compare'],
  'execution/tools.ts': ['create', 'info'],
  'execution/holes.ts': ['create', 'info'],
  'sandbox/engine.ts': ['info'],
  // What a run spends its time on is told as `compare` too, and a difference in an internal snapshot by that word.
  'report/phases.ts': ['compare'],
  'triage/symptom.ts': ['snapshot'],
  'verdict/severity.ts': ['snapshot'],
};

/** A file without its comments, which name commands in the quotation marks of templates. */
const codeOf = (file: string) => textOf(file).replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');

describe('the names of operations', () => {
  it('stand only in operations/ and gaps/, and where a command of a tool is spelled', () => {
    for (const file of files.filter((name) => !/^(operations|gaps)\//.test(name))) {
      const words = [...codeOf(file).matchAll(/'([a-z_]+)'|`([a-z_]+?)_?[`=$]/g)].map(
        ([, one, other]) => one ?? other ?? '',
      );
      const found = new Set(words.filter((word) => OPERATION_NAMES.includes(word)));
      expect([...found].toSorted(), file).toEqual(COMMANDS[file] ?? []);
    }
  });

  it('are looked for in files that there are', () => {
    for (const file of Object.keys(COMMANDS)) expect(files).toContain(file);
  });
});

describe('functions', () => {
  it('are short: nine in ten have at most 25 lines', () => {
    const lengths = files.flatMap((file) => functionLengths(textOf(file), file)).toSorted((a, b) => a - b);
    expect(lengths.length).toBeGreaterThan(200);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(25);
  });

  it('and files are read in one go', () => {
    const data = ['gaps/ledger.ts'];
    for (const file of files.filter((name) => !data.includes(name))) {
      expect(textOf(file).split('\n').length, file).toBeLessThanOrEqual(230);
    }
  });
});

describe('what a file exports', () => {
  it('has a sentence each that gives its meaning', () => {
    expect(files.flatMap((file) => withoutSentence(textOf(file), file))).toEqual([]);
  });

  it('may share one with what stands right above it, and an inferred type has that of its schema', () => {
    const said = '/** Says it. */\n';
    const found = (text: string) => withoutSentence(text, 'any.ts');
    expect(found(`${said}export const A = 1;\nexport const B = 2;\n`)).toEqual([]);
    expect(found(`${said}const A = 1;\nexport const B = 2;\n`)).toEqual([]);
    for (const word of ['', 'export ']) {
      expect(found(`${said}${word}const A = v.object({\n});\nexport type B = v.InferOutput<typeof A>;\n`)).toEqual([]);
      expect(found(`${word}const A = v.object({\n});\nexport type B = (typeof A)[number];\n`)).toContain('any.ts: B');
    }
    expect(found(`${said}export const A = 1;\n\nexport const B = 2;\n`)).toEqual(['any.ts: B']);
    expect(found(`export const A = 1;\nexport function b() {}\n`)).toEqual(['any.ts: A', 'any.ts: b']);
    expect(found(`${said}\nexport const [A, B] = [1, 2];\n`)).toEqual(['any.ts: [A, B]']);
    expect(found(`// Why.\nexport interface A {}\n${said}export class B {}\n`)).toEqual(['any.ts: A']);
    expect(found(`${said}export class A {\n}\nexport class B {}\n`)).toEqual(['any.ts: B']);
  });
});

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** A statement of a file, as far as exports are told apart. */
interface Statement extends Declaration {
  readonly declaration?: Declaration | null;
}

interface Declaration extends Node {
  readonly id?: { readonly name: string } | null;
  readonly declarations?: readonly { readonly id: Node }[];
}

/** What a file exports without a sentence. Of lines that follow each other the first one's is for all. */
function withoutSentence(text: string, file: string): string[] {
  const { program, comments } = parseSync(file, text);
  const said = new Set(comments.filter(({ value }) => value.startsWith('*')).map(({ end }) => end + 1));
  const named = new Set<string>();
  let above: { readonly end: number; readonly isSaid: boolean } | undefined;
  return (program.body as readonly Statement[]).flatMap((statement) => {
    const { start, end } = statement;
    const isLine = !text.slice(start, end).includes('\n');
    const shares = isLine && above?.end === start - 1 && above.isSaid;
    const name = nameOf(statement.declaration ?? statement, text);
    const inferred = /^export type .*\btypeof (\w+)/.exec(text.slice(start, end))?.[1];
    const isSaid = said.has(start) || shares || (inferred !== undefined && named.has(inferred));
    if (isSaid) named.add(name);
    above = { end, isSaid: isSaid && isLine };
    return !statement.declaration || isSaid ? [] : [`${file}: ${name}`];
  });
}

function nameOf({ id, declarations = [] }: Declaration, text: string): string {
  const [{ id: pattern } = { id: undefined }] = declarations;
  return id?.name ?? (pattern ? text.slice(pattern.start, pattern.end).replace(/:.*/s, '') : '');
}

function functionLengths(text: string, file: string): number[] {
  const lengths: number[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Node;
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
      lengths.push(text.slice(node.start, node.end).split('\n').length);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(file, text).program);
  return lengths;
}
