/** A POSIX shell counts the sizes of files in such blocks, ulimit(1p). */
const BLOCK = 512;

/**
 * Words of a shell after which no file that it or its children write grows beyond so many bytes, a multiple of 512. A write beyond that fails
 * as on a full disk, instead of by the signal that would end the program, which stays ignored in whatever the shell becomes.
 */
export function limitFiles(bytes: number): string {
  return `trap '' XFSZ && ulimit -f ${bytes / BLOCK}`;
}
