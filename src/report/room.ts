/** What fits into a text of bounded size. */

/** Bytes of some lines, with the end of each. */
export function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** The sections up to the first that does not fit into `room` bytes, and how many are left out. */
export function fitting(sections: readonly string[], room: number): { shown: readonly string[]; left: number } {
  let bytes = 0;
  const first = sections.findIndex((section) => {
    bytes += bytesOf([section]);
    return bytes > room;
  });
  const shown = first === -1 ? sections : sections.slice(0, first);
  return { shown, left: sections.length - shown.length };
}

/** The lines of all parts, where one that does not fit into what the others before it left of `room` bytes stands as `instead`. */
export function partsWithin(parts: readonly (readonly string[])[], room: number, instead: readonly string[]): string[] {
  let left = room - parts.length * bytesOf(instead);
  return parts.flatMap((part) => {
    const bytes = bytesOf(part);
    if (bytes > left) return instead;
    left -= bytes;
    return part;
  });
}
