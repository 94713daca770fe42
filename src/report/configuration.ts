import type { Shard } from '../plan/shard.ts';

/** What a run was asked to do and with what: the fixed part of `run.json`. */
export interface Configuration {
  readonly program: string;
  readonly seed: string;
  readonly iterations: number;
  /** The first iteration, where the run went on with what earlier ones of its seed had begun; absent for 0. */
  readonly first?: number;
  readonly operations: readonly string[];
  readonly instar: string;
  readonly image: string;
  readonly containerEngine: string;
  /** Whether the container had `/dev/kvm`; absent where it had not. */
  readonly kvm?: boolean;
  readonly timeoutSeconds: number;
  /** Seconds after which no iteration was begun any more; absent where all were to be run. */
  readonly timeBudgetSeconds?: number;
  /** It ended at the first divergence, if there was one. */
  readonly failFast?: boolean;
  /** The part of the run that this record is of; absent for the whole. */
  readonly shard?: Shard;
  readonly lanes: number;
  /** Ids of the known gaps that were open for this run. */
  readonly liftedGaps: readonly string[];
  /** The file of the user's own known gaps; empty where there is none. */
  readonly gapsFile: string;
  readonly subjectVersion: string;
  readonly referenceVersion: string;
  /** What the other versions of the reference call themselves. */
  readonly juryVersions: readonly string[];
}
