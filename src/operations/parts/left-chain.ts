/** Chains as operations leave them, as source images for others to read in their stead. */
import type { Layer } from '../../plan/chain.ts';
import type { LowerImage } from '../../plan/lower-image.ts';
import type { Qcow2Options } from '../../plan/qcow2.ts';
import type { Source } from '../../plan/source.ts';

/** A source image that is an overlay of others, the next one first, or stands alone. */
export function overlaySource(
  top: Qcow2Options & Pick<Source & { format: 'qcow2' }, 'size' | 'writes' | 'snapshot'>,
  ...backing: Layer[]
): Source {
  return { format: 'qcow2', ...top, pattern: 'rich', history: { kind: 'created' }, backing };
}

/** The image below an operation's own, where there is one, as it lies in the chain of a source image. */
export function lowerLayers(layout: Qcow2Options, lower: LowerImage | undefined): Layer[] {
  return lower ? [{ format: 'qcow2', ...layout, ...lower }] : [];
}
