/** Deeper than any document of ours or of either tool; a hostile one must not exhaust the stack of those who walk it. */
const MOST_LEVELS = 64;

/** The value of a JSON text from outside; undefined where it is none, or nested beyond reason. */
export function parseOutsideJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return isDeeperThan(json, MOST_LEVELS) ? undefined : json;
  } catch {
    return undefined;
  }
}

function isDeeperThan(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return levels === 0 || Object.values(json).some((child) => isDeeperThan(child, levels - 1));
}
