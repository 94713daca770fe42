import { MOST_SEED } from '../plan/draw.ts';
import { MOST_SHARDS, parseShard, type Shard } from '../plan/shard.ts';

/** What a text of one input means, or what is wrong with it: the sentence after `Input "name": `. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Checks the text of one input. */
export type Check<T> = (text: string) => Checked<T>;

const good = <T>(value: T): Checked<T> => ({ ok: true, value });
const bad = (problem: string): Checked<never> => ({ ok: false, problem });

/** A text as it is quoted in an error: bounded, with nothing invisible in it. */
export function quoted(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return shown.replace(/[\u007f-\uffff]/g, (character) =>
    character === '…' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A whole number in plain decimal digits: no sign, no exponent, no unit, no leading zero. */
export function wholeNumber(what: string, low: number, high: number): Check<number> {
  return (text) => {
    const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : Number.NaN;
    return value >= low && value <= high
      ? good(value)
      : bad(`${quoted(text)} is not ${what} between ${low} and ${high}.`);
  };
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** A time in seconds, as a whole number and its unit: `90s`, `10m`, `1h`; up to a day. */
export const duration: Check<number> = (text) => {
  const [, number, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const seconds = Number(number) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
  return seconds <= 24 * 3600
    ? good(seconds)
    : bad(`${quoted(text)} is not a time of up to a day, such as 90s, 10m or 1h.`);
};

/** The part of a run that a job does, such as `3/8`. */
export const shard: Check<Shard> = (text) => {
  const value = parseShard(text);
  return value === undefined
    ? bad(`${quoted(text)} is not a shard, such as 3/8: the third of eight, of at most ${MOST_SHARDS}.`)
    : good(value);
};

/** Like the check, but empty text is allowed and means nothing was given. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (text) => (text === '' ? good(undefined) : check(text));
}

/** One of a few words, spelled exactly. */
export function oneOf<const T extends string>(words: readonly T[]): Check<T> {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    return word === undefined ? bad(`${quoted(text)} is not one of ${words.join(', ')}.`) : good(word);
  };
}

/** `true` or `false`, as in YAML; `yes`, `1` and the like are refused rather than guessed. */
export const yesOrNo: Check<boolean> = (text) =>
  text === 'true' || text === 'false' ? good(text === 'true') : bad(`${quoted(text)} is not one of true, false.`);

/** The items of a list, separated by commas or new lines. */
export function itemsIn(text: string): string[] {
  return text.split(/[,\n]/).map((item) => item.trim());
}

/** A list of known names, separated by commas or new lines, each at most once. Empty text means all of them, or what is given for it. */
export function listOf(names: readonly string[], byDefault: readonly string[] = names): Check<readonly string[]> {
  return (text) => {
    if (text.trim() === '') return good(byDefault);
    const items = itemsIn(text.trim());
    if (items.includes(''))
      return bad(`${quoted(text)} has an empty item. Separate the names by single commas or new lines.`);
    const unknown = items.filter((item) => !names.includes(item));
    if (unknown.length > 0) {
      return bad(`${unknown.map(quoted).join(', ')} is unknown. Known are ${names.join(', ')}.`);
    }
    const twice = items.find((item, at) => items.indexOf(item) !== at);
    return twice === undefined ? good(items) : bad(`${quoted(twice)} is listed twice.`);
  };
}

/** The word `all` for every one of the names, or what the check accepts. */
export function orAll(names: readonly string[], check: Check<readonly string[]>): Check<readonly string[]> {
  return (text) => (text.trim() === 'all' ? good(names) : check(text));
}

/** A seed: any visible text of up to 200 characters (`MOST_SEED`), so that it survives logs, shells and copying. */
export const seedText: Check<string> = (text) => {
  if (text.length > MOST_SEED) return bad(`it has ${text.length} characters; a seed has at most ${MOST_SEED}.`);
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u.test(text)) {
    return bad(`${quoted(text)} holds line breaks, control or invisible characters. Use visible text.`);
  }
  return good(text);
};

/** A name or path that must be given and must be one line of valid text. */
export function path(what: string): Check<string> {
  return (text) => {
    if (text === '') return bad(`it is required: give ${what}.`);
    if (/[\p{Cc}\ufffd]/u.test(text)) {
      return bad(`${quoted(text)} is not a usable path: it holds control characters or is not valid UTF-8.`);
    }
    return good(text);
  };
}

/** The name of a container image: what the engines accept, and nothing that they could take for an option. */
export const imageName: Check<string> = (text) =>
  /^[A-Za-z0-9][\w.:/@-]{0,254}$/.test(text)
    ? good(text)
    : bad(`${quoted(text)} is not the name of a container image, such as "instar-build" or "registry/name:tag".`);

/** Paths, separated by commas or new lines: whole ones, or names below a directory. Empty text means none. */
export const pathNames: Check<readonly string[]> = (text) => {
  const items = text.trim() === '' ? [] : itemsIn(text);
  const wrong = items.find((item) => item === '' || item.split('/').includes('..') || /[\p{Cc}\ufffd]/u.test(item));
  if (wrong === undefined) return good(items);
  return bad(
    `${quoted(wrong)} is not a valid path. Give whole paths, or names without "..", separated by single commas or new lines.`,
  );
};

/** Like the check of a list, but for at most so many items. */
export function atMost<T>(most: number, check: Check<readonly T[]>): Check<readonly T[]> {
  return (text) => {
    const checked = check(text);
    const isTooLong = checked.ok && checked.value.length > most;
    return isTooLong ? bad(`it names ${checked.value.length}; at most ${most} are accepted.`) : checked;
  };
}
