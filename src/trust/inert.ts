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
  const visible = text.replace(STEERING, escapeOf);
  const powerless = visible.replaceAll('##[', '#\\x23[').replace(/^(\s*):(?=:)/, '$1\\x3a');
  return cut(powerless, most);
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

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`;
}
