import type { Reason } from '../verdict/verdict.ts';

/** Thrown where a step cannot be judged; the step's runner turns it into an inconclusive outcome, in one place. */
export class Inconclusive extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.kind);
    this.reason = reason;
  }
}
