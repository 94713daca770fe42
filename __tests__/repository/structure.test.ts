import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseSync } from 'rolldown/experimental';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import { REPOSITORY } from '../support/paths.ts';

const SOURCE = join(REPOSITORY, 'src');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const textOf = (file: string) => readFileSync(join(SOURCE, file), 'utf8');

/** The folders in the order in which data flows, as ARCHITECTURE.md draws them; a file imports from its own or from those before. */
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
    const rank = (name: string) => ORDER.indexOf(dirname(name));
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
  });
});

describe('the names of operations', () => {
  it('stand only in operations/ and gaps/, and where a command of a tool is spelled', () => {
    // Oracles ask the reference with its own commands, and docker has an `info` too: no operations of ours.
    const asking = [
      'oracles/answer.ts',
      'oracles/info.ts',
      'oracles/invariant.ts',
      'oracles/map.ts',
      'oracles/content.ts',
      'oracles/consistency.ts',
      'oracles/measure.ts',
      'oracles/regrown.ts',
      'oracles/snapshots.ts',
      'oracles/twin.ts',
    ];
    const running = ['assistant.ts', 'bench.ts', 'qemu-io.ts', 'second-opinion.ts', 'tools.ts'].map(
      (file) => `execution/${file}`,
    );
    // What a run spends its time on is told as `compare` too.
    // A difference in an internal snapshot is told by that word.
    const telling = ['report/phases.ts', 'triage/symptom.ts'];
    const COMMANDS = [...asking, ...running, ...telling, 'sandbox/container.ts'];
    const named = files.filter((file) => !/^(operations|gaps)\//.test(file) && !COMMANDS.includes(file));
    for (const file of named) {
      const words = [...textOf(file).matchAll(/'([a-z_]+)'/g)].map(([, word]) => word);
      const found = words.filter((word) => OPERATION_NAMES.includes(word ?? ''));
      expect(found, file).toEqual([]);
    }
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

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
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
