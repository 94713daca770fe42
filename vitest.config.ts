import { defineConfig } from 'vitest/config';

const container = ['__tests__/**/*.container.test.ts'];

// These import JSON without saying so, which plain Node refuses.
const inlined = { server: { deps: { inline: [/@actions\//] } } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['__tests__/**/*.test.ts'], exclude: container, ...inlined } },
      {
        test: {
          name: 'container',
          include: container,
          globalSetup: '__tests__/support/require-engine.ts',
          testTimeout: 900_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
