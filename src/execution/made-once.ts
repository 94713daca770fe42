import { Inconclusive } from '../oracles/inconclusive.ts';
import type { Reason } from '../verdict/verdict.ts';

/** What several steps of an iteration need: made when the first of them does, and only once. */
export class MadeOnce {
  readonly #make: () => Promise<unknown>;
  #failure: Promise<Reason | undefined> | undefined;

  /** `make` throws Inconclusive where it cannot be made, and gives what is not looked at. */
  constructor(make: () => Promise<unknown>) {
    this.#make = make;
  }

  /** Why it cannot be made; undefined once it is there. */
  failure(): Promise<Reason | undefined> {
    this.#failure ??= this.#attempt();
    return this.#failure;
  }

  async #attempt(): Promise<Reason | undefined> {
    try {
      await this.#make();
      return undefined;
    } catch (error) {
      if (error instanceof Inconclusive) return error.reason;
      throw error;
    }
  }
}
