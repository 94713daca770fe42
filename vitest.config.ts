import { defineConfig } from 'vitest/config';

const container = ['__tests__/**/*.container.test.ts'];
/** What starts programs by the dozen, shells or the bundled command line: no engine, but seconds. */
const started = ['__tests__/**/*.process.test.ts'];
/** What opens the report in a real browser. */
const browser = ['__tests__/**/*.browser.test.ts'];
/** What takes longer than a change can wait for: npm run test:long. */
const long = ['__tests__/**/*.long.test.ts'];

// These import JSON without saying so, which plain Node refuses.
const inlined = { server: { deps: { inline: [/@actions\//] } } };

/** A machine may have other work: how long a test takes says nothing of what it is about. */
const patient = { testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

const withEngine = { globalSetup: '__tests__/support/require-engine.ts', hookTimeout: 240_000, maxWorkers: 2 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: [...container, ...started, ...browser, ...long],
          ...patient,
          ...inlined,
        },
      },
      { test: { name: 'process', include: started, ...patient } },
      { test: { name: 'container', include: container, testTimeout: 900_000, ...withEngine } },
      { test: { name: 'browser', include: browser, testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'long', include: long, testTimeout: 7_200_000, ...withEngine } },
    ],
  },
});
