import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import { findingsWith } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { type Ended, run } from '../support/process.ts';

/** Whatever of these acts leaves a file named `pwned`, or is no script any more. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a substitution': '$(touch pwned)',
  backticks: '`touch pwned`',
  'a command behind': '; touch pwned;',
  'a command beside': '& touch pwned &',
  'a pipe': '| touch pwned',
  alternatives: '|| touch pwned && touch pwned',
  'the end of a quote': "'; touch pwned; '",
  'the end of an escaped quote': "\\'; touch pwned; \\'",
  'the end of a double quote': '"; touch pwned; "',
  'quotes in turns': `'"'"'$(touch pwned)'"'"'`,
  'an odd quote': "it's",
  'a new line': '\ntouch pwned\n',
  'a carriage return': '\r\ntouch pwned\r\n',
  'a separator of lines': '\u2028touch pwned\u2029',
  'the end of a comment': '\n\ntouch pwned #',
  'a continued line': 'x\\\ntouch pwned\\',
  'a last backslash': 'x\\',
  'a redirection': '> pwned',
  'a here-document': '<<E\ntouch pwned\nE\n',
  'an expansion': `\${x:=$(touch pwned)}`,
  arithmetic: '$((x[$(touch pwned)]))',
  'a function': '() { touch pwned; }; x',
  'a subshell': ') ; touch pwned ; (',
  'a group': '}; touch pwned; {',
  'the end of a condition': ']; touch pwned; [',
  'a word of the shell': 'esac; fi; done; touch pwned',
  'a pattern of names': '* ? [a-z]* ~ ~root {a,b}',
  'a format': '%s%n%d\\x27; touch pwned\\n',
  'an escape of echo': '\\c\\0047; touch pwned',
  'an option': '--help -n -e',
  history: '!!; !touch',
  'a terminal': '\u001b]0;x\u0007\u001b[2J',
  'text that turns': '\u202e; touch pwned\u202c\u200b',
  'half a character': '\ud800; touch pwned',
  'a flood': `'; touch pwned; '`.repeat(5000),
};

/** Stands in for both tools: keeps each word that it is given, and fails where it plays the subject. */
const TOOL = `#!/bin/sh
printf '%s\\0' "$@" >>"\${0%/*}/words"
[ "\${0##*/}" = reference ]
`;

/** What ran: the text is a word of each command, and what each printed. NUL cannot be a word of any command. */
function transcriptWith(text: string): TranscriptEntry[] {
  const exit = { kind: 'exited', code: 0 } as const;
  const common = { step: 1, args: ['convert', text], exit, milliseconds: 1, stdout: text, stderr: text };
  return [
    { ...common, purpose: 'test', side: 'reference', program: 'reference', directory: 'reference/step1' },
    { ...common, purpose: 'test', side: 'subject', program: 'subject', directory: 'subject/step1' },
  ];
}

let directory: string;

beforeEach(() => {
  directory = newDirectory();
  for (const name of ['reference', 'subject']) writeFileSync(join(directory, name), TOOL, { mode: 0o755 });
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a script with the tools' stand-ins. */
function reproduce(shell: string, script: string): Promise<Ended> {
  writeFileSync(join(directory, 'repro.sh'), script);
  const [subject, reference] = [join(directory, 'subject'), join(directory, 'reference')];
  const env = { ...process.env, INSTAR: subject, QEMU_IMG: reference, QEMU_IO: reference };
  return run(shell, ['repro.sh'], { cwd: directory, env });
}

const everyFile = () => readdirSync(directory, { recursive: true }).map(String);
const cases = Object.entries(HOSTILE).map(([name, text]) => ({ name, text }));

describe('a reproducer', () => {
  it.each(cases)('is a script in which $name does nothing, whatever was found', async ({ text }) => {
    for (const [kind, finding] of Object.entries(findingsWith(text))) {
      const { code, stderr } = await reproduce('dash', reproducerOf(finding, transcriptWith('plain')));
      expect([kind, stderr.match(/syntax error|unexpected|unterminated/i)]).toEqual([kind, null]);
      expect([kind, [0, 1, 2].includes(code ?? -1)]).toEqual([kind, true]);
      expect([kind, everyFile().filter((file) => file.includes('pwned'))]).toEqual([kind, []]);
    }
  });

  describe.each(['dash', 'bash'])('read by %s', (shell) => {
    it.each(cases)('gives $name to the tools as the very word that ran', async ({ text }) => {
      // Half a character has no bytes that a command could have been given.
      const word = Buffer.from(text).toString('utf8');
      const { code } = await reproduce(shell, reproducerOf(findingsWith('plain').exit, transcriptWith(word)));
      expect(code).toBe(1);
      const words = readFileSync(join(directory, 'words'), 'utf8').split('\0').slice(0, -1);
      expect(words).toEqual(['convert', word, 'convert', word]);
      expect(everyFile().filter((file) => file.includes('pwned'))).toEqual([]);
    });
  });
});
