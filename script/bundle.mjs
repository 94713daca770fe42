// How dist/ is made: three entries and what they share, the page of a report, and the licences of all that is bundled.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { buildPage } from './page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Writes the bundle into a directory and gives back its chunks, that of the page among them. The same sources and lock file give the same bytes anywhere. */
export async function bundle(directory) {
  const page = await buildPage();
  const { output } = await build({
    cwd: root,
    input: { main: 'src/main.ts', post: 'src/post.ts', cli: 'src/cli.ts' },
    platform: 'node',
    transform: { target: 'node20' },
    logLevel: 'warn',
    plugins: [assets(page)],
    output: {
      dir: directory,
      format: 'esm',
      cleanDir: true,
      chunkFileNames: '[name].js',
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  });
  return [...output.filter(({ type }) => type === 'chunk'), page];
}

/** Emits the page, and LICENSES.txt: name, version and licence text of every package of which a module went into a chunk or the page. */
function assets({ html, modules: ofPage }) {
  return {
    name: 'assets',
    generateBundle(_options, chunks) {
      this.emitFile({ type: 'asset', fileName: 'report.html', source: html });
      const modules = Object.values(chunks).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = new Set(
        [...modules, ...Object.keys(ofPage)].map(packageFolder).filter((folder) => folder !== undefined),
      );
      const texts = [...folders].map(licenceOf).toSorted();
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: `${texts.join(`\n${'-'.repeat(80)}\n\n`)}` });
    },
  };
}

/** The folder of the package that a module belongs to; undefined for a module of our own. */
export function packageFolder(id) {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder)
    .toSorted()
    .find((entry) => /^licen[cs]e/i.test(entry));
  if (license === undefined && file === undefined) throw new Error(`${relative(root, folder)} states no licence`);
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '(no text)';
  return `${name} ${version} (${license ?? 'see text'})\n\n${text}\n`;
}
