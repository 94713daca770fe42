import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../support/cli.ts';
import { planted } from '../support/paths.ts';

describe('a bug that two seeds find', () => {
  it.each([
    ['rebase-records-the-wrong-format', 'rebase,info'],
    ['convert-touches-its-source', 'convert'],
  ])('has one fingerprint: %s', async (name, operations) => {
    const subject = ['--instar', planted(name), '--operations', operations];
    const runs = await Promise.all(
      ['one', 'two'].map((seed) => fuzz(...subject, '--seed', seed, '--iterations', '6', '--lanes', '1')),
    );
    const [one, two] = runs.map((run) => readdirSync(join(run.directory, 'bugs')));
    expect(one).toHaveLength(1);
    expect(two).toEqual(one);
  });
});
