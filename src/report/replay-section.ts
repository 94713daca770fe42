import { counted } from '../verdict/counted.ts';
import type { Report } from './report.ts';

/** What came of running the smallest cases of known bugs again, and for how many there was no time or place; nothing where none was known. */
export function replayList({ replays, untried }: Report): string[] {
  const known = replays.length + untried;
  if (known === 0) return [];
  const agree = replays.filter(({ agrees }) => agrees).length;
  const words = `Of ${counted(known, 'bug')} that earlier runs knew, ${replays.length} were tried again, and ${agree} of them showed no difference any more.`;
  const rest = untried === 0 ? '' : ` For ${untried} there was no time or place; the next run begins with another one.`;
  return ['### Known bugs, tried again', '', `${words}${rest}`, ''];
}
