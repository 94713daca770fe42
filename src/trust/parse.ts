/** The value of a JSON text from outside; undefined where it is none. */
export function parseOutsideJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
