/** Commands of `qemu-img` and `qemu-io`, said to a `qemu-io` that stays, which has one working directory for all of them. */
import { join } from 'node:path';

/** An image, by its absolute path. */
export interface NamedImage {
  readonly format: string;
  readonly path: string;
}

/** Images to be written, and the commands that open, write and close them. */
export interface Writing {
  readonly images: readonly NamedImage[];
  readonly commands: readonly string[];
}

/** What `qemu-io` reads back as one word, and its options as one value. */
const PLAIN = /^[\w./+-]+$/;

const OPEN = /^open -o driver=(\w+) (\S+)$/;

/** The file that a `write` takes its data from. */
const DATA_FILE = /^(write .*-s )(\S+)/;

/** What a `qemu-io` with these words would do in a directory; undefined where that cannot be said in its own commands. */
export function writingOf(args: readonly string[], directory: string): Writing | undefined {
  const commands = commandsOf(args);
  const images = commands.flatMap((command) => {
    const [, format, file] = OPEN.exec(command) ?? [];
    return format && file ? [{ format, path: join(directory, file) }] : [];
  });
  const opened = commands.filter((command) => command.startsWith('open '));
  if (images.length === 0 || images.length !== opened.length || !images.every(({ path }) => PLAIN.test(path))) {
    return undefined;
  }
  const absolute = commands.map((command) =>
    command
      .replace(OPEN, (_, format, file) => `open -o driver=${format} ${join(directory, file)}`)
      .replace(DATA_FILE, (_, words, file) => `${words}${join(directory, file)}`),
  );
  return { images, commands: absolute };
}

/** The commands behind each `-c`; one image that is named beside them is opened before and closed after. */
function commandsOf(args: readonly string[]): string[] {
  const commands = args.filter((_, at) => args[at - 1] === '-c');
  if (args[0] !== '-f') return commands;
  return [`open -o driver=${args[1]} ${args.at(-1)}`, ...commands, 'close'];
}

/**
 * Options of a node that reads as both images of a `compare` and fails where they differ: qemu's `quorum` driver, which needs both
 * votes. It refuses two disks of different sizes. Undefined where the words say more than which images.
 */
export function bothOf(args: readonly string[], directory: string): string | undefined {
  const images = comparedImages(args);
  if (images === undefined) return undefined;
  const children = images.map((image, child) => childOf(image, child, directory));
  if (children.includes(undefined)) return undefined;
  return ['driver=quorum,vote-threshold=2', ...children].join(',');
}

/** Both images of a `compare`, in its order, in the option form of qemu's block layer; undefined where the words say more. */
export function comparedImages(args: readonly string[]): readonly [string, string] | undefined {
  const [command, ...words] = args;
  if (command !== 'compare') return undefined;
  if (words[0] === '--image-opts' && words.length === 3) return [words[1] ?? '', words[2] ?? ''];
  const [f, format, F, other, one, another] = words;
  if (f !== '-f' || F !== '-F' || words.length !== 6) return undefined;
  const ofFile = (driver = '', path = '') => `driver=${driver},file.driver=file,file.filename=${path}`;
  return [ofFile(format, one), ofFile(other, another)];
}

function childOf(image: string, child: number, directory: string): string | undefined {
  const options = image.split(',').map((option) => {
    const [key = '', value = ''] = option.split('=');
    const said = key.endsWith('filename') ? join(directory, value) : value;
    return PLAIN.test(said) ? `children.${child}.${key}=${said}` : undefined;
  });
  return options.includes(undefined) ? undefined : options.join(',');
}

/** The length in bytes that `map` tells of an open image by its last extent; undefined where it tells none. */
export function lengthIn(map: string): number | undefined {
  const [, length, offset] = [...map.matchAll(/\(0x([\da-f]+)\) bytes .*\(0x([\da-f]+)\)/g)].at(-1) ?? [];
  return length && offset ? Number.parseInt(length, 16) + Number.parseInt(offset, 16) : undefined;
}

/** What it says when it waits for a command. */
export const PROMPT = 'qemu-io> ';
