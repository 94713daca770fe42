import type { Captured } from './command.ts';

/** How much of one output stream is kept. `info` of the largest image here prints about 2 KiB, a `map` by the cluster of 64 KiB 110 bytes for each. */
export const CAPTURE_BYTES = 1024 * 1024;

/** Bytes that a status has at most, and what is given for one that goes on: what comes behind a mark is held, which must have an end. */
const STATUS_BYTES = 16;
const OVERLONG = 'overlong';

/**
 * Collects one stream of a lane up to an end mark, however the bytes are cut into chunks. It keeps the first
 * CAPTURE_BYTES and counts the rest, so that a flood of output costs time but no memory.
 */
export class Capture {
  readonly #mark: Buffer;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #bytes = 0;
  /** The end of what came so far, in which a mark may have begun. */
  #tail: Buffer = Buffer.alloc(0);

  constructor(mark: string) {
    this.#mark = Buffer.from(`\n${mark} `);
  }

  /** Takes a chunk; once the mark's whole line is there, gives the status that stands behind the mark. */
  add(chunk: Buffer): string | undefined {
    const window = Buffer.concat([this.#tail, chunk]);
    const at = window.indexOf(this.#mark);
    if (at < 0) {
      const held = Math.min(window.length, this.#mark.length - 1);
      this.#keep(window.subarray(0, window.length - held));
      this.#tail = window.subarray(window.length - held);
      return undefined;
    }
    const end = window.indexOf('\n', at + this.#mark.length);
    if (end < 0 && window.length - at - this.#mark.length > STATUS_BYTES) return OVERLONG;
    if (end < 0) {
      this.#keep(window.subarray(0, at));
      this.#tail = window.subarray(at);
      return undefined;
    }
    this.#keep(window.subarray(0, at));
    return window.subarray(at + this.#mark.length, end).toString('latin1');
  }

  #keep(bytes: Buffer): void {
    const room = CAPTURE_BYTES - this.#keptBytes;
    if (room > 0 && bytes.length > 0) {
      const part = Buffer.from(bytes.subarray(0, room));
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    this.#bytes += bytes.length;
  }

  /** What was captured, as text; bytes that are not UTF-8 become the replacement character. */
  result(): Captured {
    const text = Buffer.concat(this.#kept).toString('utf8');
    return { text, bytes: this.#bytes, truncated: this.#bytes > this.#keptBytes };
  }
}
