import { describe, expect, it } from 'vitest';
import type { FindingLine } from '../../src/report/record.ts';
import { drawingArguments } from '../../src/report/replay.ts';
import type { Report } from '../../src/report/report.ts';
import { SUMMARY_BYTES, summaryOf } from '../../src/report/summary.ts';
import { findingsWith } from '../support/bugs.ts';
import { bugLineOf, reportOf } from '../support/reports.ts';

const run: Report['run'] = { ...reportOf().run, instar: '/work space/instar', juryVersions: [] };

function finding(index: number, message = 'no'): FindingLine {
  const exit = { kind: 'exited', code: 1 } as const;
  const base = { type: 'exit_code_divergence', operation: 'convert', step: 2 };
  const difference = { kind: 'exit', subject: exit, reference: { kind: 'exited', code: 0 }, message } as const;
  return { version: 1, seed: '42', index, folder: `findings/${index}`, finding: { ...base, ...difference } };
}

/** A run with one finding that no bug accounts for. */
function report(changes: Partial<Report> = {}): Report {
  return reportOf({
    run,
    verdict: 'divergent',
    counts: { ok: 98, divergent: 1, inconclusive: 1 },
    operations: [{ operation: 'convert', ran: 5, ok: 3, divergent: 1, inconclusive: 1, skipped: 2 }],
    unexplained: [finding(7)],
    ...changes,
  });
}

describe('the job summary', () => {
  it('says the verdict and the three counts first', () => {
    const lines = summaryOf(report()).split('\n');
    expect(lines[0]).toBe('## ❌ The subject diverges from the reference: 1 finding not reduced to bugs');
    expect(lines[2]).toBe('**98 ok · 1 divergent · 1 inconclusive** of 100 iterations');
    expect(summaryOf(report({ finished: 1, asked: 1 }))).toContain('** of 1 iteration\n');
  });

  it('says where the iterations that were asked for are: left to other shards, or to the end of the time', () => {
    const shard = { number: 3, of: 8 };
    const first = (changes: Partial<Report>) => summaryOf(report(changes)).split('\n')[2];
    expect(first({ run: { ...run, shard }, finished: 13, asked: 13 })).toContain('of 13 iterations, shard 3 of 8');
    const budget = { run: { ...run, timeBudgetSeconds: 600 }, finished: 60 };
    expect(first(budget)).toContain('(100 were asked for; the time budget of 600 s was used up)');
    const stopped = { ...budget, run: { ...budget.run, state: 'interrupted' as const } };
    expect(first(stopped)).toContain('of 60 iterations (100 were asked for)');
  });

  it('says where the time went', () => {
    const phases = { fixture: 4000, subject: 8000, reference: 4000, compare: 2000, harness: 2000 };
    expect(summaryOf(report({ phases }))).toContain(
      '10.0 iterations a second over 10 s; of the lanes’ time in them: making images 20 %, the subject’s commands 40 %, the reference’s commands 20 %, comparing 10 %, the fuzzer itself 10 %',
    );
  });

  it('has a row an operation, with what was skipped', () => {
    expect(summaryOf(report())).toContain('| convert | 5 | 3 | 1 | 1 | 2 |');
  });

  it('shows a finding with both sides and a command that can be pasted', () => {
    const text = summaryOf(report());
    expect(text).toContain('`convert: the subject fails where the reference succeeds`');
    expect(text).toContain('- expected (reference): `exit code 0`');
    expect(text).toContain('- got (subject): `exit code 1 (no)`');
    expect(text).toContain(
      'script/fuzz replay 42/7 --instar path/to/instar --container-engine docker --image instar-build --operations convert,info',
    );
    expect(text).toContain('- its case, with a script that shows it: `findings/7` in the report');
    expect(text).toContain('1 finding could not be reduced to bugs');
  });

  it('names nothing that lies only on the machine of the run, but where its report lay', () => {
    const lines = summaryOf(report({ unexplained: [finding(7)], bugs: [bugLineOf(1, findingsWith('x').content)] }));
    const named = lines.split('\n').filter((line) => /(?<!path\/to)\/report|\/work space/.test(line));
    expect(named).toEqual([
      '- subject: `/work space/instar` (`instar 1`)',
      expect.stringMatching(/^- report directory on the machine that did this run: `\/report`/),
    ]);
    expect(lines).toMatch(/^script\/fuzz replay path\/to\/report\/bugs\/0{15}1 --instar path\/to\/instar /m);
  });

  it('says why the step is red or is not, before the bugs', () => {
    const lines = summaryOf(report(), { colour: 'This step failed: so it is.' }).split('\n');
    expect(lines[4]).toBe('This step failed: so it is.');
  });

  it('leads to the page that says how findings are read, where it has an address', () => {
    const guide = 'https://github.example/o/r/blob/v1/docs/findings.md';
    expect(summaryOf(report(), { guide })).toContain(`\n[How findings are read](${guide})\n`);
    expect(summaryOf(report())).not.toContain('How findings are read');
  });

  it('lists several bugs before it tells of them, the worst first as they are ordered', () => {
    const { content, json } = findingsWith('x');
    const [one, two] = [bugLineOf(1, content), bugLineOf(2, json, { origin: 'before' })];
    const text = summaryOf(report({ bugs: [one, two] }));
    expect(text).toContain('\nBugs by severity: 1 data-loss, 1 metadata; 1 new.\n');
    expect(text).toMatch(/^\| data-loss \| `.*` \| 1 × \| new \|\n\| metadata \| `.*` \| 1 × \| {2}\|$/m);
    expect(summaryOf(report({ bugs: [one] }))).not.toContain('| severity |');
    expect(summaryOf(report({ bugs: Array(60).fill(one) }))).toContain('\nand 10 more\n');
  });

  it('names a file of known gaps as one that lies elsewhere than the clone in which a command is given', () => {
    const commandsWith = (gapsFile: string) =>
      summaryOf(report({ run: { ...run, gapsFile } })).match(/^script\/fuzz .*--gaps-file \S+/gm) ?? [];
    const replay = 'script/fuzz replay 42/7 --instar path/to/instar --container-engine docker --image instar-build';
    for (const file of ['.github/own-gaps.yml', '/mine/own-gaps.yml']) {
      expect(commandsWith(file)).toEqual([
        `${replay} --gaps-file path/to/own-gaps.yml`,
        expect.stringMatching(/ --gaps-file path\/to\/own-gaps.yml$/),
      ]);
    }
    const drawnWith = ['--operations', 'convert,info', '--gaps-file', 'path/to/own-gaps.yml'];
    expect(drawingArguments({ ...run, gapsFile: '.github/own-gaps.yml' })).toEqual(drawnWith);
  });

  it('stays within its bound and says what was left out', () => {
    const findings = Array.from({ length: 5000 }, (_, index) => finding(index, 'é'.repeat(500)));
    const text = summaryOf(report({ unexplained: findings, counts: { ok: 0, divergent: 5000, inconclusive: 0 } }));
    expect(Buffer.byteLength(text)).toBeLessThan(SUMMARY_BYTES);
    const shown = text.match(/^#### Iteration/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(100);
    expect(text).toContain(
      `There is no room here for ${5000 - shown} more findings. All of them are in \`findings.jsonl\` in the report.`,
    );
    expect(text).toContain('### The run');
  });

  it('names a hundred known gaps and says how many more there are', () => {
    const gaps = Array.from({ length: 102 }, (_, at) => ({ gap: `gap-${at}`, times: 200 - at }));
    const named = (count: number) => summaryOf(report({ gaps: gaps.slice(0, count) }));
    expect(named(102)).toContain('`gap-99` 101 × and 2 more\n');
    expect(named(102)).not.toContain('gap-100');
    expect(named(100)).toContain('`gap-99` 101 ×\n');
  });

  it('leaves a part out that is too large for the page, and nothing else', () => {
    const totals = { values: [0, 1], pairs: [0, 1], neverValues: ['x'.repeat(150)] } as const;
    const coverage = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`operation ${at}`, totals]));
    const text = summaryOf(report({ run: { ...run, coverage } }));
    expect(Buffer.byteLength(text)).toBeLessThan(SUMMARY_BYTES);
    expect(text).not.toContain('operation 4');
    expect(text.match(/There is no room here for a part of this summary/g)).toHaveLength(1);
    for (const heading of ['### Findings', '### Why', '### The run', '### The same run'])
      expect(text).toContain(heading);
  });

  it('says how many of the known bugs were tried again, where any was known', () => {
    const replays = [true, false].map((agrees, at) => ({ fingerprint: `${at}`.repeat(16), agrees }));
    const heading = '### Known bugs, tried again';
    const words = `${heading}\n\nOf 2 bugs that earlier runs knew, 2 were tried again, and 1 of them showed no difference any more.`;
    expect(summaryOf(report())).not.toContain(heading);
    expect(summaryOf(report({ replays }))).toContain(`${words}\n`);
    expect(summaryOf(report({ replays, untried: 3 }))).toContain('Of 5 bugs that earlier runs knew, 2 were tried');
    expect(summaryOf(report({ replays, untried: 3 }))).toContain('For 3 there was no time or place;');
  });

  it('gives no command for a run that none can do again', () => {
    const command = (first: number) => summaryOf(report({ run: { ...run, first, iterations: 1000 } }));
    expect(command(999_000)).toContain('--iterations 1000000');
    expect(command(999_001)).not.toContain('--iterations');
    expect(command(999_001)).toContain('# No command does this run again');
  });

  it('says when the run was stopped, killed or failed', () => {
    expect(summaryOf(report({ run: { ...run, state: 'interrupted' } }))).toContain(
      'The run was stopped before its end',
    );
    expect(summaryOf(report({ run: { ...run, state: 'running' } }))).toContain('The run was killed');
    expect(summaryOf(report({ run: { ...run, state: 'failed', error: 'gone' } }))).toContain(
      'Why it did not finish: `gone`',
    );
  });

  it.each<[Partial<Report>, string]>([
    [{}, 'in 100 iterations'],
    [{ asked: 5000, finished: 5000 }, 'in the last 1,000 of 5000 iterations'],
    [{ asked: 5000, finished: 700 }, 'in 700 iterations'],
    [{ run: { ...run, shards: 8 }, asked: 5000, finished: 4990 }, 'in 4990 iterations'],
    [{ run: { ...run, shards: 8 }, asked: 9000, finished: 9000 }, 'in the last 1,000 iterations of each of 8 shards'],
  ])('says of how many iterations the coverage is: %j', (changes, words) => {
    const coverage = { convert: { values: [1, 2], pairs: [1, 2], neverValues: [] } } as const;
    const text = summaryOf(report({ ...changes, run: { ...run, ...changes.run, coverage } }));
    expect(text).toContain(`<summary>Option coverage ${words}</summary>`);
  });

  it('says of a known gap that is not as documented no more than is known of it', () => {
    const line = { gap: 'some-gap', says: 'changed', documented: 2, agreed: 0, other: 3 } as const;
    expect(summaryOf(report({ canaries: [line] }))).toContain(
      '3 tries showed something else, which is kept in `canaries/some-gap` of the report and looked into like a finding.',
    );
  });

  it('says what a run without a container did not protect from', () => {
    const noContainer = summaryOf(report({ run: { ...run, containerEngine: 'none' } }));
    expect(noContainer).toContain('No container was used: the subject had the files, the environment and the network');
    expect(summaryOf(report())).not.toContain('No container was used');
  });

  it('calls a calibration by its name', () => {
    expect(summaryOf(report({ run: { ...run, instar: 'qemu-img' } }))).toContain('This was a calibration');
  });
});
