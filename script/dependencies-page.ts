/** The page docs/dependencies.md: what the project is made of, from package.json, the lock file, the bundle and the reasons. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, packageFolder } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const json = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

/** Packages of less are told together. */
const WORTH_A_ROW = 20_000;

interface Package {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

type Lock = Readonly<Record<string, Package>>;
type Names = Readonly<Record<string, string>>;

/** The whole page. Sizes are rounded, so that it changes with a dependency and not with each line of ours. */
export async function dependenciesPage(): Promise<string> {
  const { dependencies, devDependencies } = json<{ dependencies: Names; devDependencies: Names }>('package.json');
  const lock = json<{ packages: Lock }>('package-lock.json').packages;
  const reasons = json<Names>('script/dependencies.json');
  const sizes = await bundledSizes();
  const row = (name: string) => {
    const { version, license = 'see its text' } = lock[`node_modules/${name}`] ?? { version: '?' };
    return { name, version, license, reason: reasons[name] ?? missing(name) };
  };
  const bundled = Object.keys(dependencies).map((name) => {
    const { version, license, reason } = row(name);
    const own = sizes.get(`node_modules/${name}`) ?? 0;
    const brought = [...reachedFrom(`node_modules/${name}`, lock)].map((folder) => sizes.get(folder) ?? 0);
    const all = brought.reduce((sum, size) => sum + size, 0);
    return `| \`${name}\` ${version} | ${license} | ${kilobytes(own)} | ${kilobytes(all)} | ${reason} |`;
  });
  const others = Object.keys(devDependencies).map((name) => {
    const { version, license, reason } = row(name);
    return `| \`${name}\` ${version} | ${license} | ${reason} |`;
  });
  return [...head(sizes), ...bundled, ...middle(sizes), ...others, ''].join('\n');
}

function missing(name: string): never {
  throw new Error(`script/dependencies.json has no reason for ${name}.`);
}

/** Bytes in the bundle by the folder of the package; those of our own under ''. */
async function bundledSizes(): Promise<Map<string, number>> {
  const directory = mkdtempSync(join(tmpdir(), 'differential-fuzz-sizes-'));
  const sizes = new Map<string, number>();
  try {
    for (const { modules } of await bundle(directory)) {
      for (const [id, { renderedLength }] of Object.entries(modules)) {
        const folder = packageFolder(id)?.slice(root.length) ?? '';
        sizes.set(folder, (sizes.get(folder) ?? 0) + renderedLength);
      }
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  return sizes;
}

/** The folders of a package and of all that it needs, found as Node finds them: the nearest node_modules first. */
function reachedFrom(folder: string, lock: Lock, reached = new Set<string>()): Set<string> {
  if (reached.has(folder)) return reached;
  reached.add(folder);
  for (const name of Object.keys(lock[folder]?.dependencies ?? {})) {
    const parts = folder.split('/node_modules/');
    const above = parts.map(
      (_, at) => `${parts.slice(0, parts.length - at).join('/node_modules/')}/node_modules/${name}`,
    );
    const found = [...above, `node_modules/${name}`].find((candidate) => candidate in lock);
    if (found !== undefined) reachedFrom(found, lock, reached);
  }
  return reached;
}

function head(sizes: ReadonlyMap<string, number>): string[] {
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return [
    '# Dependencies',
    '',
    'Made by `npm run docs` from `package.json`, the lock file, the bundle and `script/dependencies.json`, which holds the reasons. Versions are exact; `npm run unused` fails on one that nothing uses.',
    '',
    '## In the bundle',
    '',
    `\`dist/\` holds about ${(all / 1e6).toFixed(1)} MB of code, ${roundedTo(50, sizes.get('') ?? 0)} kB of it our own. But for the page’s program it is not minified: a pull request shows what changed in it, and a stack trace names a line that can be read. The licences of all that is in it stand in [dist/LICENSES.txt](../dist/LICENSES.txt).`,
    '',
    'What a dependency brings along is counted for each that needs it.',
    '',
    '| dependency | licence | itself | with what it brings | why it |',
    '| --- | --- | --: | --: | --- |',
  ];
}

function middle(sizes: ReadonlyMap<string, number>): string[] {
  const packages = [...sizes].filter(([folder]) => folder !== '').toSorted(([, a], [, b]) => b - a);
  const large = packages.filter(([, size]) => size >= WORTH_A_ROW);
  const small = packages.filter(([, size]) => size < WORTH_A_ROW);
  const rest = small.reduce((sum, [, size]) => sum + size, 0);
  return [
    '',
    'By package:',
    '',
    '| package | size |',
    '| --- | --: |',
    ...large.map(([folder, size]) => `| \`${folder.replace(/^node_modules\//, '')}\` | ${kilobytes(size)} |`),
    `| ${small.length} smaller ones | ${kilobytes(rest)} |`,
    '',
    '## For the work on it',
    '',
    'None of these is in the bundle.',
    '',
    '| dependency | licence | why it |',
    '| --- | --- | --- |',
  ];
}

const roundedTo = (step: number, bytes: number) => Math.round(bytes / 1000 / step) * step;
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
