import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../../src/inputs/filing.ts';
import { MERGING_INPUTS } from '../../src/inputs/merging.ts';
import type { Report } from '../../src/report/report.ts';
import { REPOSITORY } from '../support/paths.ts';

const text = readFileSync(join(REPOSITORY, 'action.yml'), 'utf8');
const action = parse(text) as {
  inputs: Record<string, { description: string; required: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: Record<string, string>;
};

const ALL = Object.entries({ ...INPUTS, ...FILING_INPUTS, ...MERGING_INPUTS });

const COUNTED: readonly (keyof Report['counts'])[] = ['ok', 'divergent', 'inconclusive'];

describe('action.yml', () => {
  it('is what GitHub’s own language service takes for an action', async () => {
    const document = TextDocument.create('file:///action.yml', 'yaml', 1, text);
    const wrong = TextDocument.create('file:///wrong/action.yml', 'yaml', 1, text.replace('  main: ', '  mian: '));
    expect(await validate(document)).toEqual([]);
    expect((await validate(wrong)).length).toBeGreaterThan(0);
  });

  it('has the inputs of the code, with the same defaults and descriptions', () => {
    expect(Object.keys(action.inputs)).toEqual(ALL.map(([name]) => name));
    for (const [name, { default: byDefault, description }] of ALL) {
      expect(action.inputs[name], name).toEqual({ description, required: false, default: byDefault });
    }
  });

  it('has the outputs that the code sets, and each of them', () => {
    const source = ['action/present.ts', 'action/run.ts'].map((file) =>
      readFileSync(join(REPOSITORY, 'src', file), 'utf8'),
    );
    const named = [...source.join('').matchAll(/setOutput\('([\w-]+)'/g)].map(([, name]) => name);
    // The three counts are set by their names.
    const set = new Set([...named, ...COUNTED]);
    expect([...set].toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  });

  it('runs files that are there, on Node 24, and cleans up always', () => {
    const { main, post, ...rest } = action.runs;
    expect(rest).toEqual({ using: 'node24', 'post-if': 'always()' });
    for (const file of [main, post]) expect(existsSync(join(REPOSITORY, file ?? ''))).toBe(true);
  });
});
