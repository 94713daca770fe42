import type { PageFinding } from '../report/page/model.ts';
import { standingWords } from './words.ts';

/** What is to be seen; an empty text stands for all. */
export interface Filter {
  readonly operation: string;
  readonly severity: string;
  readonly standing: string;
  readonly text: string;
}

/** Everything is to be seen. */
export const anyFilter: Filter = { operation: '', severity: '', standing: '', text: '' };

/** Whether a finding is to be seen. */
export function fits(finding: PageFinding, { operation, severity, standing, text }: Filter): boolean {
  const is = (wanted: string, has: string) => wanted === '' || wanted === has;
  return (
    is(operation, finding.operation) &&
    is(severity, finding.severity) &&
    is(standing, standingWords(finding)) &&
    holds(finding, text.trim().toLowerCase())
  );
}

function holds({ title, id, details }: PageFinding, text: string): boolean {
  if (text === '') return true;
  const { type = '', traits = [], script = '' } = details ?? {};
  return [title, id, type, ...traits, script].some((words) => words.toLowerCase().includes(text));
}

interface FiltersProps {
  readonly findings: readonly PageFinding[];
  readonly filter: Filter;
  readonly change: (filter: Filter) => void;
}

/** The controls that narrow the list down; one that could tell nothing apart is not there. */
export function Filters({ findings, filter, change }: FiltersProps) {
  const choice = (name: 'operation' | 'severity' | 'standing', values: readonly string[]) => (
    <Choice name={name} values={values} value={filter[name]} choose={(value) => change({ ...filter, [name]: value })} />
  );
  return (
    <form class="filters" aria-label="Filter the findings" onSubmit={(event) => event.preventDefault()}>
      {choice('operation', findings.map(({ operation }) => operation).toSorted())}
      {choice(
        'severity',
        findings.map(({ severity }) => severity),
      )}
      {choice('standing', findings.map(standingWords))}
      <label>
        text
        <input
          type="search"
          value={filter.text}
          onInput={(event) => change({ ...filter, text: event.currentTarget.value })}
        />
      </label>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

function Choice({ name, values, value, choose }: ChoiceProps) {
  const different = [...new Set(values)].filter((one) => one !== '');
  if (different.length < 2) return null;
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">all</option>
        {different.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
