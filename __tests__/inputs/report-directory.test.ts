import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkReportDirectory } from '../../src/inputs/files.ts';
import { newDirectory } from '../support/cli.ts';

let workspace: string;
beforeEach(() => {
  workspace = newDirectory();
});
const left = () => readdirSync(workspace, { recursive: true });

describe('the directory of the record', () => {
  it('may be there or be made, and is not there yet after it was looked at', () => {
    mkdirSync(join(workspace, 'old'));
    for (const name of ['old', 'new', 'old/new/below']) expect(checkReportDirectory(name, workspace)).toBeUndefined();
    expect(left()).toEqual(['old']);
  });

  it('is no file, not even one that can be executed', () => {
    writeFileSync(join(workspace, 'file'), '#!/bin/sh\n', { mode: 0o755 });
    expect(checkReportDirectory('file', workspace)).toContain('something else has that name');
    expect(checkReportDirectory('file/below', workspace)).toContain('(ENOTDIR)');
    expect(left()).toEqual(['file']);
  });

  it('leaves nothing of itself where not all of its path can be made', () => {
    expect(checkReportDirectory(`a/b/${'x'.repeat(300)}`, workspace)).toContain('(ENAMETOOLONG)');
    expect(left()).toEqual([]);
  });
});
