/** Looks after the time limit of one command that has no guard beside it. */
export interface Watch {
  /** The command has ended: it is not to be interrupted any more. */
  stop(): void;
  /**
   * Whether no interrupt is under way any more, or the one that is ends within so many seconds: one that comes late would kill the next command.
   * Asked after `stop`.
   */
  isOver(seconds: number): Promise<boolean>;
}

/** Ends a command from outside when its time, in seconds, is over; should that fail, its lane is given up soon after. `interrupt` never throws. */
export function watchOver(interrupt: () => Promise<void>, seconds: number): Watch {
  let interrupted: Promise<void> | undefined;
  const begin = () => {
    interrupted = interrupt();
  };
  const timer = setTimeout(begin, seconds * 1000);
  return {
    stop: () => clearTimeout(timer),
    isOver: async (most) => interrupted === undefined || endsWithin(most, interrupted),
  };
}

async function endsWithin(seconds: number, something: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), seconds * 1000);
  });
  const ended = await Promise.race([something.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
