// How the page report.html is made: one program, one style sheet and a place for the data, which only src/report/page/page.ts fills.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (name) => readFileSync(new URL(`../src/page/${name}`, import.meta.url), 'utf8');

/** In this order: a later rule may narrow an earlier one down. */
const STYLES = ['colours', 'base', 'verdict', 'findings', 'charts', 'media'];

/** What stands where the data belong. */
const PLACE = '{"report":"none"}';

/** The built page, and by file what went into its program, before that was made small. */
export async function buildPage() {
  const { code, modules } = await buildProgram();
  // An element's text ends at the first end tag that it holds, whatever a program means by it.
  if (/<\/script|<!--/i.test(code)) throw new Error('the program of the page holds what would end its element');
  const style = STYLES.map((name) => source(`styles/${name}.css`)).join('\n');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(code)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const parts = { POLICY: policy.join('; '), '"DATA"': PLACE, '/* STYLE */': style, '/* SCRIPT */': code };
  const html = source('report.html').replace(/POLICY|"DATA"|\/\* (?:STYLE|SCRIPT) \*\//g, (place) => parts[place]);
  return { html, modules };
}

async function buildProgram() {
  const build = await rolldown({
    cwd: root,
    input: 'src/page/main.tsx',
    platform: 'browser',
    transform: { target: 'es2023' },
    logLevel: 'warn',
  });
  const { output } = await build.generate({ format: 'iife', minify: true, comments: { legal: false } });
  await build.close();
  const [{ code, modules }] = output;
  return { code, modules };
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
