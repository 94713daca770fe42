/** Of the records that are there those that count, one for each shard, and what is wrong with them. */
import { indicesOf, shareOf } from '../../plan/shard.ts';
import { inertLine } from '../../trust/inert.ts';
import type { RunFile } from '../record.ts';
import type { TriageLine } from '../triage-line.ts';
import type { OutsideRecord } from './outside.ts';

function numberOf({ shard }: RunFile): number {
  return shard?.number ?? 1;
}

/** Each of a shard's own iterations once, and nothing of others. What is tried once for a run is told by its first shard. */
export function withOwnLines(record: OutsideRecord): OutsideRecord {
  const { iterations, shard, first } = record.run;
  const isFirst = numberOf(record.run) === 1;
  const own = new Set(indicesOf(iterations, shard, first));
  const once = <T extends { readonly index: number }>(lines: readonly T[]) => [
    ...new Map(lines.filter(({ index }) => own.has(index)).map((line) => [line.index, line])).values(),
  ];
  const triage = record.triage.flatMap((line): TriageLine[] => {
    if (line.kind === 'flaky') return own.has(line.index) ? [line] : [];
    if (line.folder !== `bugs/${line.fingerprint}`) return [];
    return [{ ...line, indices: line.indices.filter((index) => own.has(index)) }];
  });
  const findings = once(record.findings).filter(({ index, folder }) => folder === `findings/${index}`);
  return {
    ...record,
    ...{ iterations: once(record.iterations), findings, triage },
    ...{ canaries: isFirst ? record.canaries : [], replays: isFirst ? record.replays : [] },
  };
}

/** The record of each shard that has most of its iterations, in the order of the shards. */
export function fullest(records: readonly OutsideRecord[]): OutsideRecord[] {
  const byFill = records.toSorted((a, b) => a.iterations.length - b.iterations.length);
  const best = new Map(byFill.map((record) => [numberOf(record.run), record]));
  return [...best.values()].toSorted((a, b) => numberOf(a.run) - numberOf(b.run));
}

/** Two records of one shard are of two attempts at it, which saw the same but for what could not be judged. */
export function contradictions(records: readonly OutsideRecord[], chosen: readonly OutsideRecord[]): string[] {
  return chosen.flatMap(({ run, iterations }) => {
    const divergent = new Set(
      iterations.flatMap(({ index, verdict }) => (verdict.kind === 'divergent' ? [index] : [])),
    );
    const others = records.filter((record) => numberOf(record.run) === numberOf(run));
    const hidden = others.some((record) =>
      record.iterations.some(({ index, verdict }) => verdict.kind === 'divergent' && !divergent.has(index)),
    );
    return hidden ? [`two records of shard ${numberOf(run)} contradict each other`] : [];
  });
}

/** Which shards have no record, in words. */
export function missingWords(shards: readonly OutsideRecord[], { shard }: RunFile): string[] {
  const numbers = Array.from({ length: shard?.of ?? 1 }, (_, before) => before + 1);
  const missing = numbers.filter((number) => !shards.some(({ run }) => numberOf(run) === number));
  return missing.length === 0 ? [] : [`the record of shard ${missing.join(', ')} of ${numbers.length} is missing`];
}

/** How a shard ended that did not get to its end, in words. */
export function endWords({ run, iterations }: OutsideRecord): string[] {
  const name = `shard ${numberOf(run)}`;
  switch (run.state) {
    case 'running':
      return [`${name} was killed`];
    case 'interrupted':
      return [`${name} was stopped`];
    case 'failed':
      return [inertLine(`${name} failed: ${run.error ?? ''}`)];
    case 'finished':
      return isComplete(run, iterations) ? [] : [`of ${name} only ${iterations.length} iterations are whole`];
  }
}

/** A run that ended by its time, or at its first divergence, has fewer. */
function isComplete(run: RunFile, iterations: OutsideRecord['iterations']): boolean {
  const endedEarly = run.timeBudgetSeconds !== undefined || run.failFast === true;
  return endedEarly || iterations.length === shareOf(run.iterations, run.shard);
}
