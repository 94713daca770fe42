import { defineConfig } from 'vitest/config';

const container = ['__tests__/**/*.container.test.ts'];
/** What opens the report in a real browser. */
const browser = ['__tests__/**/*.browser.test.ts'];
/** What takes longer than a change can wait for: npm run test:long. */
const long = ['__tests__/**/*.long.test.ts'];

// These import JSON without saying so, which plain Node refuses.
const inlined = { server: { deps: { inline: [/@actions\//] } } };

const withEngine = { globalSetup: '__tests__/support/require-engine.ts', hookTimeout: 240_000, maxWorkers: 2 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: [...container, ...browser, ...long],
          ...inlined,
        },
      },
      { test: { name: 'container', include: container, testTimeout: 900_000, ...withEngine } },
      { test: { name: 'browser', include: browser, testTimeout: 60_000, hookTimeout: 60_000 } },
      { test: { name: 'long', include: long, testTimeout: 7_200_000, ...withEngine } },
    ],
  },
});
