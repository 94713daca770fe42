import { describe, expect, it } from 'vitest';
import { CAPTURE_BYTES, Capture } from '../../src/sandbox/capture.ts';

const MARK = '0123456789abcdef01234567';

function feed(capture: Capture, bytes: Buffer, size: number): string | undefined {
  for (let at = 0; at < bytes.length; at += size) {
    const status = capture.add(bytes.subarray(at, at + size));
    if (status !== undefined) return status;
  }
  return undefined;
}

describe('capturing one stream of a lane', () => {
  it.each([1, 2, 3, 7, 25, 26, 27, 1000])('finds the end mark in chunks of %i bytes', (size) => {
    const capture = new Capture(MARK);
    expect(feed(capture, Buffer.from(`first\nsecond\n\n${MARK} 42\n`), size)).toBe('42');
    expect(capture.result()).toEqual({ text: 'first\nsecond\n', bytes: 13, truncated: false });
  });

  it('is not ended by something that only looks like the mark', () => {
    const capture = new Capture(MARK);
    const text = `\n${MARK.slice(0, 20)} 0\n${MARK} 0\n`.slice(0, -4);
    expect(feed(capture, Buffer.from(`${text}x\n\n${MARK} 7\n`), 5)).toBe('7');
  });

  it('keeps the start of a flood and counts the rest', () => {
    const capture = new Capture(MARK);
    const flood = Buffer.alloc(3 * CAPTURE_BYTES, 'a');
    expect(feed(capture, Buffer.concat([flood, Buffer.from(`\n${MARK} 0\n`)]), 65536)).toBe('0');
    const { text, bytes, truncated } = capture.result();
    expect([text.length, bytes, truncated]).toEqual([CAPTURE_BYTES, flood.length, true]);
  });
});
