import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import type { ByteDifference } from '../verdict/bytes.ts';
import type { Shown } from './fingerprint.ts';
import type { Vote } from './jury.ts';

/** What triage may do, and within which bounds. */
export interface Laboratory {
  readonly operations: readonly Operation[];
  /** Whether a plan may be run at all: it steps into no known gap, or only into those that `from`, which it was made from, stepped into. */
  isSound(plan: Plan, from?: Plan): boolean;
  /** Runs a plan with nothing else going on; undefined where it shows no difference. */
  observe(plan: Plan): Promise<Shown | undefined>;
  /** Runs a plan and tells what it shows, or that both sides did the same; undefined where nothing could be judged. */
  look(plan: Plan): Promise<Shown | 'agrees' | undefined>;
  /** Runs a reproducer and gives its exit code. */
  runReproducer(script: string): Promise<number | undefined>;
  /** Runs a plan with the baseline: what it shows, or `agrees`; undefined where there is no baseline or nothing could be judged. */
  observeBaseline(plan: Plan): Promise<Shown | 'agrees' | undefined>;
  /** Runs a plan that leaves other data and reads what both disks hold; undefined where that cannot be told. */
  readBytes(plan: Plan): Promise<ByteDifference | undefined>;
  /** Other versions of the reference, each of which can be run in the subject's place. */
  readonly jurors: readonly { readonly name: string; observe(plan: Plan): Promise<Shown | 'agrees' | undefined> }[];
  /** What readers that share no code with either tool see in the files that a plan leaves; none where there are no such readers. */
  askThirdReaders(plan: Plan): Promise<readonly Vote[]>;
  /** Whether findings are shrunk at all. */
  readonly shrinks: boolean;
  /** Seconds that shrinking one finding may take. */
  readonly shrinkSeconds: number;
  /** Whether all the time for triage is used up. */
  isOver(): boolean;
  /** The time, in milliseconds. */
  now(): number;
}
