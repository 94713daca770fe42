import { fileURLToPath } from 'node:url';

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const REPOSITORY = inRepository('.');
export const CLI = inRepository('dist/cli.js');
export const MAIN = inRepository('dist/main.js');
export const POST = inRepository('dist/post.js');

/** The Node that the action runs on, and the oldest that the command line promises. */
export const NODE_24 = inRepository('node_modules/.bin/node');

/** A subject with one planted bug. */
export const planted = (name: string) => inRepository(`testing/planted/${name}`);

/** A subject that differs from the reference without being wrong. */
export const harmless = (name: string) => inRepository(`testing/harmless/${name}`);

/** A tiny subject of the tests' own. */
export const fixtureSubject = (name: string) => inRepository(`__tests__/fixtures/subjects/${name}`);

/** Where script/test keeps the real subjects. */
export const CACHE = process.env['FUZZ_TEST_CACHE'] ?? '/var/tmp/differential-fuzz-test';
export const IMAGE = 'instar-build';
