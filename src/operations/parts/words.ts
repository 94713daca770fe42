/**
 * The words of a command in which a file is named: alone, or behind the name of what it is to the command, as in `if=source.img`. Where
 * `place` gives a name for a file, that is put in its stead.
 */
export function renamedIn(args: readonly string[], place: (file: string, at: number) => string | undefined): string[] {
  return args.map((word, at) => {
    const [, key = '', value = ''] = /^([a-z]+=)(.+)$/.exec(word) ?? [];
    const renamed = place(value, at);
    return place(word, at) ?? (renamed === undefined ? word : key + renamed);
  });
}
