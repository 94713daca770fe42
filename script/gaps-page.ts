/** The page docs/gaps.md, made from the ledger. */
import type { Gap, Handling } from '../src/gaps/gap.ts';

const START = `# Known gaps

Differences between the tools that are documented, measured, or left open. None of them is a finding. This page is made from
\`src/gaps/ledger.ts\` by \`npm run docs\`. The paths behind "Known from" are the subject's documents.

- **open**: to be closed some day. **by design**: meant to stay. **unknown**: nobody has said.
- _Drawn around_: draws that step into the gap are repeated. \`lift-gaps: ID\`, or \`script/fuzz --lift-gaps ID\`, stops that for one run. If the run shows no difference, the entry can go.
- A scheduled run steps five times into each gap that is _tried on purpose_ (\`canaries\`). The summary tells which are as documented, which show no difference any more,
  which show something else, and which were not tried because there was no time. Something else is a bug like any other: it counts for \`fail-on\`, except on a pull request or in a merge queue.
- A gap that is missing here can be written into [a file of your own](gaps-file.md).
`;

/** The whole page. */
export function gapsPage(gaps: readonly Gap[]): string {
  const operations = [...new Set(gaps.flatMap((gap) => gap.operations))].toSorted();
  const sections = operations.map((name) => {
    const own = gaps.filter(({ operations: [first] }) => first === name);
    return own.length === 0 ? '' : `\n## ${name}\n\n${own.map(entry).join('\n')}\n`;
  });
  return `${START}${sections.join('')}`;
}

function entry({ id, operations, difference, documented, state, versions, handling }: Gap): string {
  const others = operations.length === 1 ? '' : ` (also ${operations.slice(1).join(', ')})`;
  return [
    `- \`${id}\`, ${state}${others}${rangeOf(versions)}: ${difference}.`,
    `  ${handled(handling)} Known from: ${documented}.`,
  ].join('\n');
}

function rangeOf(versions: Gap['versions']): string {
  if (versions === undefined) return '';
  const from = versions.from === undefined ? '' : ` from ${versions.from}`;
  const below = versions.below === undefined ? '' : ` below ${versions.below}`;
  return `, only with a ${versions.side}${from}${below}`;
}

function handled(handling: Handling): string {
  switch (handling.kind) {
    case 'avoid':
      return handling.shows ? '_Drawn around, and tried on purpose._' : '_Drawn around._';
    case 'tolerate':
      return `_Tolerated_: ${handling.where}.`;
    case 'unreachable':
      return `_Never drawn_: ${handling.because}.`;
  }
}
