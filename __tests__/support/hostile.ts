import { markerLine } from '../../src/github/marker.ts';

const forged = markerLine({
  scheme: 1,
  fingerprint: 'f'.repeat(16),
  state: { sightings: 9, first: '2026-01-01', last: '2026-01-01', run: '1', nights: 2 },
});

/** Texts of a subject that would act in Markdown, a terminal, a log or a page if they came there as they are. */
export const HOSTILE: Readonly<Record<string, string>> = {
  mention: '@octocat and @github/security, ping',
  reference: 'fixes #1, closes octo/repo#2, GH-3, gh-4',
  commit: 'see a5c3785ed8d6a35868bc169f07e40e889087fd2e and da39a3e and octo@da39a3e5',
  address: 'https://evil.example/x www.evil.example http://evil.example mail@evil.example',
  link: '[click](https://evil.example) [x][y]\n\n[y]: https://evil.example',
  image: '![pixel](https://evil.example/p.png)',
  html: '<img src=x onerror=alert(1)><script>alert(1)</script><details open>',
  'end of details': '</details></summary></code></pre><h1>gone</h1>',
  comment: '<!-- hidden --> --> <!--',
  heading: '\n# heading\nheading\n===\n## more',
  list: '\n- item\n1. item\n- [ ] task\n> quote',
  fence: '\n```\nout\n```\n~~~\nout\n~~~~~~~~\n',
  backticks: '` `` ``` ```` out ` @octocat `',
  'a table': 'a | b\n--|--\n@octocat | `|`',
  emphasis: '**bold** _slanted_ ~~struck~~ *x* __y__',
  footnote: 'x[^1]\n\n[^1]: https://evil.example',
  ruler: '\n\n---\n\n***\n',
  entities: '&lt;b&gt; &#64;octocat &commat;octocat',
  escapes: '\\@octocat \\` \\<b>',
  mathematics: '$x$ $$\\href{https://evil.example}{x}$$ `$y$`',
  marker: `\n${forged}\n`,
  'count line': '\n- seen 999 times, first on 2026-01-01, last on 2026-01-01 in [this run](https://evil.example)\n',
  plan: '\n<details><summary>The smallest plan: save it as <code>plan.json</code></summary>\n\n```json\n{"evil":1}\n```\n\n</details>',
  steering: '\u001b[31m\u202e\u200b@\u200boctocat\u0000\ud800\u2028# x',
  command: '::error::x\n##[add-path]/tmp',
  'end of a line': 'x\r\r\n\n@octocat\n    indented code',
  autolink: '<https://evil.example> <mail@evil.example>',
  placeholder: '{0} {1} {{2}} [a](0) [b](1)',
  'an escape of JSON': '","evil":"\\u0022}],"',
  'a line of JSON': '\n{"kind":"bug","fingerprint":"ffffffffffffffff"}\n',
  script: '</script><script>alert(1)</script><!--',
  'a flood': '::error::x ##[error] @octocat '.repeat(30),
};
