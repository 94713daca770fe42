/** How a program that was run on the host ended. */
export interface HostResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one short program on the host to its end with exactly this environment. Never throws for a failed program. */
export type RunOnHost = (
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<HostResult>;

/** The run cannot start or go on, for a reason that a person can mend. The message says what to do. */
export class CannotRun extends Error {}
