import { describe, expect, it } from 'vitest';
import { inertJson, inertLine, inertLines, markdownBlock, markdownCode } from '../../src/trust/inert.ts';
import { isCommand } from '../support/runner.ts';

const HOSTILE = [
  '::error::pwned',
  '  ::set-output name=x::y',
  '\t::add-mask::x',
  'text ##[add-path]/tmp',
  '##[##[error]x',
  '\u001b[31mred\u001b[0m',
  '\u202eevil\u202c',
  'zero\u200bwidth',
  'nul\u0000byte',
  '\u{e0041}tag',
  '\ud800 half',
  '\u2028::error::x',
  'one\r\n::error::two',
  '\ufeff::error::x',
];

describe('a line in a log', () => {
  it.each(HOSTILE)('holds no command and nothing invisible: %j', (text) => {
    const line = inertLine(text);
    expect(isCommand(line)).toBe(false);
    expect(line).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u);
  });

  it('is bounded, and says how much was cut', () => {
    expect(inertLine('x'.repeat(1_000_000))).toBe(`${'x'.repeat(400)}… (999600 more characters)`);
  });

  it('leaves ordinary text alone', () => {
    expect(inertLine('qemu-img: Could not open ‘é.img’: 100 % :: of it')).toBe(
      'qemu-img: Could not open ‘é.img’: 100 % :: of it',
    );
  });
});

describe('several lines', () => {
  it('are each made inert', () => {
    const lines = inertLines('fine\r\n::error::one\n##[error]two\r::debug::three').split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.filter(isCommand)).toEqual([]);
  });
});

describe('Markdown', () => {
  it('cannot be left by backticks in inline code', () => {
    expect(markdownCode('a `` b ` c')).toBe('```a `` b ` c```');
    expect(markdownCode('`x`')).toBe('`` `x` ``');
  });

  it('cannot be left by pipes in a table, or by new lines', () => {
    expect(markdownCode('a|b\n# title')).toBe('`a\\|b\\x0a# title`');
  });

  it('cannot be left by a fence inside a block', () => {
    const block = markdownBlock('```\n@someone <script>\n````');
    expect(block.split('\n')[0]).toBe('`````');
    expect(block.endsWith('\n`````')).toBe(true);
  });
});

describe('a number in JSON', () => {
  it('comes back as a number, though it be none or beyond all', () => {
    const written = {
      infinite: JSON.parse('1e999'),
      less: JSON.parse('-1e999'),
      none: Number.NaN,
      some: 1.5,
      list: [Infinity],
    };
    const read = JSON.parse(inertJson(written)) as typeof written;
    expect(read).toEqual({
      ...{ infinite: Number.MAX_VALUE, less: -Number.MAX_VALUE, none: 0, some: 1.5 },
      list: [Number.MAX_VALUE],
    });
  });
});
