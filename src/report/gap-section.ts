import { markdownCode } from '../trust/inert.ts';
import { counted } from '../verdict/counted.ts';
import type { CanaryLine } from './canary-line.ts';
import { canaryFolder } from './record.ts';
import type { Report } from './report.ts';

/** How many gaps are named; a user's own file may have hundreds. */
const MOST_NAMED = 100;

/** The known gaps that draws were steered around, the most frequent first. */
export function gapList({ gaps }: Report): string[] {
  if (gaps.length === 0) return [];
  const lines = gaps.slice(0, MOST_NAMED).map(({ gap, times }) => `${markdownCode(gap)} ${times} ×`);
  const more = gaps.length > MOST_NAMED ? ` and ${gaps.length - MOST_NAMED} more` : '';
  return ['### Known gaps that draws were steered around', '', `${lines.join(', ')}${more}`, ''];
}

/** What came of stepping into known gaps on purpose: what is no longer as documented is told one by one. */
export function canaryList({ canaries }: Report): string[] {
  if (canaries.length === 0) return [];
  const told = canaries.map((line) => canaryWords(line)).filter((words) => words !== undefined);
  const same = canaries.filter(({ says }) => says === 'as documented').length;
  const tried = canaries.filter(({ says }) => says !== 'not tried').length;
  const words = `Of ${counted(tried, 'known gap')} tried on purpose, ${same} behaved as documented.`;
  return ['### Known gaps, tried on purpose', '', words, '', ...told, ...(told.length > 0 ? [''] : [])];
}

function canaryWords({ gap, says, agreed, documented, other }: CanaryLine): string | undefined {
  const id = markdownCode(gap);
  switch (says) {
    case 'as documented':
      return undefined;
    case 'lifted':
      return `- ✅ ${id} shows no difference any more, in ${agreed} of ${agreed} tries. To have it fuzzed again, put ${markdownCode(`- { id: ${gap}, state: lifted }`)} into your \`gaps-file\`.`;
    case 'changed':
      return `- ❌ ${id} is not as documented: ${other === 1 ? 'one try' : `${other} tries`} showed something else, which is kept in ${markdownCode(canaryFolder(gap))} of the report and looked into like a finding.`;
    case 'unclear':
      return `- ${id} is unclear: ${agreed} tries agreed, ${documented} were as documented.`;
    case 'not tried':
      return `- ${id} was not tried: there was no time left. The next run begins with another gap.`;
  }
}
