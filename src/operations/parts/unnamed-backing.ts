import type { Layer } from '../../plan/chain.ts';
import type { Qcow2Options } from '../../plan/qcow2.ts';
import type { Source } from '../../plan/source.ts';
import type { Preparation } from '../operation.ts';
import { bytesArguments } from './spoilt.ts';

/**
 * Where in a new overlay the type of the first header extension stands, in bytes of the file: right behind the header proper. It is the one that
 * records the backing file's format (measured: qemu-img 5.2 to 11.1, whatever the other options).
 */
const FIRST_EXTENSION = { '1.1': 112, '0.10': 72 } as const;

/** A type of extension that nobody knows, made of one byte: whoever reads the header passes over it. */
const UNKNOWN_TYPE = { byte: 0x12, length: 4 } as const;

/** An image of a chain, and the name of its file. */
interface Link {
  readonly file: string;
  readonly image: Source | Layer;
}

/**
 * Makes overlays of a chain, the topmost image first, record no format of their backing files, as older tools made them, where these are to be
 * unnamed: `create` always does. Whatever writes the extensions of a header anew has to come before.
 */
export function forgottenFormats(chain: readonly Link[]): Preparation[] {
  return chain.flatMap(({ file, image }, depth) => {
    const below = chain[depth + 1]?.image;
    const isUnnamed = below !== undefined && 'unnamed' in below && below.unnamed === true;
    return isUnnamed && image.format === 'qcow2' ? [forget(file, image.compat)] : [];
  });
}

function forget(file: string, compat: Qcow2Options['compat']): Preparation {
  const args = bytesArguments(file, { ...UNKNOWN_TYPE, offset: FIRST_EXTENSION[compat] });
  return { kind: 'shared', program: 'qemu-io', args };
}
