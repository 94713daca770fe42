import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOn } from '../../src/session/session.ts';
import { newDirectory } from '../support/cli.ts';
import { REPOSITORY } from '../support/paths.ts';

function recordOf(name: string): string {
  const directory = join(newDirectory(), 'report');
  cpSync(join(REPOSITORY, '__tests__/fixtures/records', name), directory, { recursive: true });
  return directory;
}

describe('the page', () => {
  it('is kept beside the summary, with what the record holds', () => {
    const directory = recordOf('one-bug');
    const warnings: string[] = [];
    reportOn(directory, { warn: (words) => warnings.push(words) });
    const page = readFileSync(join(directory, 'report.html'), 'utf8');
    expect(page).toContain('7d7bb51a555682de');
    expect(page).toContain('"ranges":[[1044480,1044992]]');
    expect(warnings).toEqual([]);
  });

  it('that cannot be kept is a warning, and costs neither the summary nor the verdict', () => {
    const directory = recordOf('one-bug');
    mkdirSync(join(directory, 'report.html'));
    const warnings: string[] = [];
    expect(reportOn(directory, { warn: (words) => warnings.push(words) }).verdict).toBe('divergent');
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toContain('7d7bb51a555682de');
    expect(warnings).toHaveLength(1);
  });
});
