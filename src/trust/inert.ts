/**
 * The trust boundary. All that comes out of the sandbox is hostile: bytes, names and text. Before any of it reaches a
 * log, a Markdown document or a script, it passes one of these functions, which make it inert and bounded for that sink.
 */

/**
 * Characters that steer a terminal, hide text, turn its direction or are half of one: controls, format characters (bidi,
 * zero-width, tags), line and paragraph separators, variation selectors, lone surrogates.
 */
const STEERING = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\p{Variation_Selector}/gu;

/**
 * One line of text in which nothing acts: control, bidi and invisible characters stand as visible escapes, and neither form
 * of a runner's workflow command survives (`::name` where a line starts, `##[name` anywhere). Longer text is cut.
 */
export function inertLine(text: string, most = 400): string {
  // What lies beyond the bound is not looked at: it may be a megabyte.
  const visible = text.slice(0, most).replace(STEERING, escapeOf);
  const powerless = visible.replaceAll('##[', '#\\x23[').replace(/^(\s*):(?=:)/, '$1\\x3a');
  return cut(powerless, most, Math.max(0, text.length - most));
}

/** Several lines, each made inert; line breaks stay. */
export function inertLines(text: string, most = 4000): string {
  const lines = cut(text, most).split(/\r\n|\r|\n/);
  return lines.map((line) => inertLine(line, most)).join('\n');
}

/** A piece of text as inline code of Markdown, also inside a table: nothing in it is a link, a mention or markup. */
export function markdownCode(text: string, most = 200): string {
  const line = inertLine(text, most);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = line.startsWith('`') || line.endsWith('`') || line.trim() === '' ? ` ${line} ` : line;
  return `${fence}${padded.replaceAll('|', '\\|')}${fence}`;
}

/** Text as a fenced block of Markdown; the fence is longer than any run of backticks inside. */
export function markdownBlock(text: string, language = '', most = 4000): string {
  const lines = inertLines(text, most);
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines}\n${fence}`;
}

/**
 * What could act in a title, which is shown with and without Markdown: code, emphasis, links, HTML, addresses, mentions, references
 * to issues (`#1`, `GH-1`) and to commits.
 */
const ACTING =
  /[`*~[\]<>&@#|$]|:(?=\/\/)|(?<=\bwww)\.|(?<=\bgh)-(?=\d)|\b[0-9a-f](?=[0-9a-f]{39}\b)|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f](?=[0-9a-f]{6,39}\b)/giu;

/** Text as a title of at most `most` characters: one line in which nothing acts although it is no code. */
export function plainTitle(text: string, most = 200): string {
  const plain = inertLine(text, 4 * most)
    .replace(ACTING, escapeOf)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, escapeOf);
  // A cut must not leave half a character.
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…`;
}

/**
 * A value as JSON in ASCII in which nothing acts in Markdown, a terminal or a log: what could is written as the escape that JSON has for
 * it. Without an indent it is one line. What is no number, or beyond all numbers, would come back as `null`, where nobody expects one.
 */
export function inertJson(value: unknown, indent = 1): string {
  return JSON.stringify(value, finite, indent).replace(/[^\n\x20-\x7e]|[`<>&@#]/g, unicodeEscape);
}

function finite(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 0 : Math.sign(value) * Number.MAX_VALUE;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The first `most` characters of a text, without half of one at the end, and how many more there were; `beyond` it there were others. */
function cut(text: string, most: number, beyond = 0): string {
  const more = Math.max(0, text.length - most) + beyond;
  return more === 0 ? text : `${text.slice(0, most).replace(/\p{Cs}$/u, '')}… (${more} more characters)`;
}
