import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { type SarifPlaces, sarifOf } from '../../src/report/sarif.ts';
import { inertJson } from '../../src/trust/inert.ts';
import { findingsWith } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { HOSTILE } from '../support/hostile.ts';
import { run } from '../support/process.ts';
import { bugLineOf, lineOfEachKind, reportOf } from '../support/reports.ts';

const PLACES: SarifPlaces = { paths: new Map([['commit', 'src/commit.rs']]), otherwise: '.github/workflows/fuzz.yml' };

/** A finding of each kind, of types as ours are. */
const ofEachKind = (text: string) =>
  Object.values(findingsWith(text)).map((finding) => ({
    ...finding,
    type: `convert_${finding.kind.replaceAll('-', '_')}_divergence`,
  }));

const require = createRequire(import.meta.url);
const MULTITOOL = join(dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json')), 'Sarif.Multitool');

/** What the validator finds wrong by the schema, by the rules for all logs, and by what code scanning demands; what it only wishes is left out. */
async function problemsOf(log: Log): Promise<string[]> {
  const directory = newDirectory();
  writeFileSync(join(directory, 'in.sarif'), inertJson(log));
  const words = ['validate', 'in.sarif', '--rule-kind', 'Sarif;Ghas', '--output', 'out.sarif', '--level', 'Error'];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const ended = await run(MULTITOOL, words, { cwd: directory, env });
  expect(ended.stdout).toContain('1 files scanned');
  const found = JSON.parse(readFileSync(join(directory, 'out.sarif'), 'utf8')) as Log;
  return (found.runs[0]?.results ?? []).map(({ ruleId, message }) => `${ruleId}: ${JSON.stringify(message)}`);
}

describe('findings.sarif', () => {
  const ofEvery = ofEachKind('x').map((finding, at) => bugLineOf(at, finding));

  it.each([
    ['with a bug of every kind', ofEvery],
    ['with none', []],
  ])('is what the standard and code scanning ask for, %s', async (_, bugs) => {
    expect(await problemsOf(sarifOf(reportOf({ bugs }), PLACES))).toEqual([]);
  });

  it('would be refused without a location', async () => {
    const log = sarifOf(reportOf({ bugs: [bugLineOf(1, findingsWith('x').exit)] }), PLACES);
    const [result] = log.runs[0]?.results ?? [];
    if (result) result.locations = [];
    expect(await problemsOf(log)).not.toEqual([]);
  });

  it('tells a bug by its fingerprint, in the path of its operation or else in the workflow', () => {
    const commit = { ...findingsWith('x').content, operation: 'commit' };
    const log = sarifOf(reportOf({ bugs: [bugLineOf(11, findingsWith('x').json), bugLineOf(10, commit)] }), PLACES);
    const told = (log.runs[0]?.results ?? []).map(({ level, partialFingerprints, locations }) => {
      const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri;
      return [level, partialFingerprints?.['differentialFuzz/v1'], uri];
    });
    expect(told).toEqual([
      ['warning', `${'0'.repeat(15)}b`, '.github/workflows/fuzz.yml'],
      ['error', `${'0'.repeat(15)}a`, 'src/commit.rs'],
    ]);
  });

  it('keeps the bugs that are carried on from earlier runs: code scanning closes what is missing', () => {
    const log = sarifOf(reportOf({ carried: [bugLineOf(1, findingsWith('x').exit)] }), PLACES);
    expect(log.runs[0]?.results).toHaveLength(1);
  });

  it('says that a run did not get to its end, and what could not be made into bugs', () => {
    const unexplained = lineOfEachKind('x').slice(0, 2);
    const [invocation] = sarifOf(reportOf({ verdict: 'error', unexplained }), PLACES).runs[0]?.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.[0]?.message.text).toContain('2 findings');
  });

  it.each(Object.entries(HOSTILE))('holds a hostile text only as text: %s', (_, text) => {
    for (const finding of ofEachKind(text)) {
      const written = inertJson(sarifOf(reportOf({ bugs: [bugLineOf(1, finding)] }), PLACES));
      expect(written).not.toMatch(/[^\n\x20-\x7e]|##\[|^\s*::|<script|<!--/m);
      const [result] = (JSON.parse(written) as Log).runs[0]?.results ?? [];
      const message = result?.message.text ?? '';
      // Code scanning takes [text](place) for a link and {0} for an argument.
      expect(message).not.toMatch(/[[\]{}<>@]|\p{Cc}|\p{Cf}|\p{Cs}/u);
      expect(message.length).toBeLessThan(2500);
      const { children } = fromMarkdown(message);
      expect(children).toMatchObject([{ type: 'paragraph', children: [{ type: 'text' }] }]);
    }
  });
});
