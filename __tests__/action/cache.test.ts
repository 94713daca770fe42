import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addToHistory, inPrivate, type Restored, restoreHistory, saveHistory } from '../../src/action/cache.ts';
import { type History, historyText, NO_HISTORY } from '../../src/history/history.ts';
import { type CacheService, startCache } from '../../testing/cache-server/server.ts';
import { historyIn, poisoned } from '../support/cache-archive.ts';
import { newDirectory } from '../support/cli.ts';

const LABEL = 'differential-fuzz';
const run = { date: '2026-11-01', seconds: 1, ok: 1, divergent: 0, inconclusive: 0, bugs: 0 };
const OLD: History = { ...NO_HISTORY, runs: [{ id: '1', ...run }] };
const NEW: History = { ...NO_HISTORY, runs: [...OLD.runs, { id: '2', ...run }] };

const NOTHING: Restored = { kind: 'none', history: NO_HISTORY };

let cache: CacheService;
let printed = '';
/** Where temporary directories are made. */
let temporary: string;

beforeAll(async () => {
  cache = await startCache();
});
beforeEach(async () => {
  temporary = newDirectory();
  const runner = { ...cache.variables, ACTIONS_RUNTIME_TOKEN: 'a-token', GITHUB_SERVER_URL: 'https://github.com' };
  for (const [name, value] of Object.entries({ ...runner, TMPDIR: temporary })) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  cache.trouble = undefined;
  cache.entries.length = 0;
  await saveHistory(LABEL, OLD);
  printed = '';
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  expect(readdirSync(temporary).filter((name) => name.includes('history'))).toEqual([]);
});
afterAll(() => cache.close());

describe('the history in the cache', () => {
  it('comes back as it was kept, the newest one', async () => {
    expect(await restoreHistory(LABEL)).toEqual({ kind: 'found', history: OLD });
    await saveHistory(LABEL, NEW);
    expect(await restoreHistory(LABEL)).toEqual({ kind: 'found', history: NEW });
    expect(cache.entries.map(historyIn)).toEqual([OLD, NEW]);
  });

  it('is a stranger to that of another label', async () => {
    expect(await restoreHistory('another')).toEqual(NOTHING);
  });
});

describe('what a run adds', () => {
  const progress = { of: 'b'.repeat(16), next: 1 };
  const addition = { date: run.date, seen: [], whole: { run: { id: '3', ...run }, replays: [], progress } };
  const FAILED: Restored = { kind: 'failed', history: NO_HISTORY };
  const runsIn = () => historyIn(cache.entries.at(-1))?.runs.map(({ id }) => id);

  it('comes to what others have added since it began', async () => {
    const first = await restoreHistory(LABEL);
    await saveHistory(LABEL, NEW);
    await addToHistory(LABEL, addition, first);
    expect(runsIn()).toEqual(['1', '2', '3']);
  });

  it('comes to what is found at its end where it could not be read at its beginning', async () => {
    await addToHistory(LABEL, addition, FAILED);
    expect(runsIn()).toEqual(['1', '3']);
  });

  it('begins a history where there was none', async () => {
    cache.entries.length = 0;
    await addToHistory(LABEL, addition, await restoreHistory(LABEL));
    expect(runsIn()).toEqual(['3']);
  });

  it('comes to what was read first where no other is found any more', async () => {
    const first = await restoreHistory(LABEL);
    cache.entries.length = 0;
    await addToHistory(LABEL, addition, first);
    expect(runsIn()).toEqual(['1', '3']);
  });

  it('hides no history that could not be read, neither at its beginning nor at its end, and says so', async () => {
    cache.entries.length = 0;
    await addToHistory(LABEL, addition, FAILED);
    expect(cache.entries).toEqual([]);
    expect(printed).toContain('::warning::The history could not be read, so what this run saw is not added to it;');
  });

  it('begins anew behind an entry that nobody can unpack', async () => {
    cache.entries.splice(0, 1, ...cache.entries.map((entry) => ({ ...entry, bytes: Buffer.from('no archive') })));
    await addToHistory(LABEL, addition, await restoreHistory(LABEL));
    expect(runsIn()).toEqual(['3']);
  });
});

describe('a cache that does not do its work', () => {
  const TROUBLES = {
    'refuses everything': { kind: 'status', status: 403 },
    'cuts connections': { kind: 'cut' },
    'gives a damaged archive': { kind: 'damaged', bytes: Buffer.from('no archive') },
    'gives nothing': { kind: 'damaged', bytes: Buffer.alloc(0) },
  } as const;

  it.each(Object.entries(TROUBLES))('costs what is remembered, and a warning: it %s', async (_, trouble) => {
    cache.trouble = trouble;
    expect(await restoreHistory(LABEL)).toEqual(NOTHING);
    expect(printed).toMatch(/^::(warning|error)::.*Failed to restore/im);
  });

  it('says what went wrong in one line, without where in the code', async () => {
    vi.stubEnv('TMPDIR', join(temporary, 'missing'));
    expect((await restoreHistory(LABEL)).kind).toBe('failed');
    const [warned, ...others] = printed.split('\n').filter((line) => line.startsWith('::warning'));
    expect(warned).toMatch(/^::warning::The history could not be read: ENOENT.*; the run itself is not affected\.$/);
    expect(warned).not.toContain('    at ');
    expect(others).toEqual([]);
  });

  it('keeps nothing where it may only be read, and says so', async () => {
    cache.trouble = { kind: 'read-only' };
    await saveHistory(LABEL, NEW);
    expect(printed).toMatch(/^::(warning|error)::.*(Failed to save|denied|reserve)/im);
    expect(cache.entries.map(historyIn)).toEqual([OLD]);
  });

  it.each([
    ['none', NO_HISTORY, 1],
    ['read', OLD, 1],
    ['write-only', NO_HISTORY, 2],
    ['write', OLD, 2],
  ])('keeps to the mode that the runner set: %s', async (mode, read, entries) => {
    vi.stubEnv('ACTIONS_CACHE_MODE', mode);
    expect((await restoreHistory(LABEL)).history).toEqual(read);
    await saveHistory(LABEL, NEW);
    expect(cache.entries).toHaveLength(entries);
  });
});

describe('a client that is not waited for any more', () => {
  afterEach(() => vi.useRealTimers());

  it('works where it began until it ends, and has then left nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: runner } = process.env;
    const before = process.cwd();
    let resolve = () => {};
    const promise = new Promise<void>((settle) => (resolve = settle));
    let place = '';
    const waited = inPrivate((directory) => {
      place = directory;
      return promise;
    });
    const late = expect(waited).rejects.toThrow('no end within 60 s');
    await vi.advanceTimersByTimeAsync(60_000);
    await late;
    expect(process.cwd()).toBe(before);
    expect([process.env['GITHUB_WORKSPACE'], process.env['RUNNER_TEMP']]).toEqual([place, place]);
    resolve();
    await promise;
    await vi.waitUntil(() => process.env['GITHUB_WORKSPACE'] === workspace);
    expect(process.env['RUNNER_TEMP']).toBe(runner);
  });
});

describe('an entry that a stranger made', () => {
  const POISON: Readonly<Record<string, (path: string) => void>> = {
    'no JSON': (path) => writeFileSync(path, '::error::x\n##[error]x'),
    'another version': (path) => writeFileSync(path, historyText(OLD).replace('"version":1', '"version":2')),
    'a link': (path) => {
      const elsewhere = join(newDirectory(), 'history.json');
      writeFileSync(elsewhere, historyText(OLD));
      symlinkSync(elsewhere, path);
    },
    'a directory': (path) => mkdirSync(path),
    'no file': () => {},
  };

  it.each(Object.entries(POISON))('brings nothing in: %s', async (_, fill) => {
    cache.entries.splice(0, 1, ...cache.entries.map((entry) => poisoned(entry, fill)));
    expect(await restoreHistory(LABEL)).toEqual(NOTHING);
    expect(printed.split('\n').filter((line) => /^::error|##\[/.test(line))).toEqual([]);
  });
});
