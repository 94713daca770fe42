import { lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { unusable } from './info.ts';
import { breachIn } from './invariant.ts';
import type { ImageFile, Oracle } from './observation.ts';

/**
 * What a shrink cut off stays away when the disk grows again, as the reference lets it: else a guest is shown old data that its owner took
 * for deleted. `part` is what was cut off, in bytes, empty where the disk grew; what becomes of the rest of the cluster in which it was cut,
 * nobody promises. Only for a disk with nothing below it.
 */
export function staysCutOff({ path, format }: ImageFile, cluster: number, part: readonly [number, number]): Oracle {
  const [cut, to] = part;
  const from = Math.ceil(cut / cluster) * cluster;
  return async (observation) => {
    if (from >= to) return undefined;
    const { bench, operation } = observation;
    const again = `again-${path}`;
    const grow = ['resize', '-q', '-f', format, again, String(to)];
    for (const [program, args] of [
      ['cp', [path, again]],
      ['reference', grow],
    ] as const) {
      const done = await bench.ask({ side: 'subject', program, args, makes: true });
      if (!succeeded(done.exit)) throw unusable(program, lastWords(done));
    }
    const says = 'what was cut off reads as zero once the disk grows again';
    const length = to - from;
    const found = { path: again, format, offset: from, length };
    const breach = await breachIn(observation, 'subject', { says, kept: { kind: 'zeros', size: length }, found });
    if (breach === undefined) return undefined;
    const type = `${operation}_invariant_divergence`;
    return { kind: 'content', type, file: path, offset: from + breach.offset, broken: says };
  };
}
