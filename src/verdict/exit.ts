/** How one command ended. Every command in the project ends in exactly one of these ways. */
export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: number }
  | { readonly kind: 'timed-out'; readonly seconds: number };

/** The exit code of a Rust program that panicked on the host (Rust's default panic handler). */
export const RUST_PANIC = 101;

/** SIGKILL: sent by somebody else (the memory limit, an operator), never by a bug in the program itself. */
export const SIGKILL = 9;

/** Whether the command did what it was asked to do. */
export function succeeded(exit: Exit): boolean {
  return exit.kind === 'exited' && exit.code === 0;
}

/** Whether the program broke down instead of refusing: a signal of its own making, or a Rust panic. */
export function crashed(exit: Exit): boolean {
  if (exit.kind === 'exited') return exit.code === RUST_PANIC;
  return exit.kind === 'signalled' && exit.signal !== SIGKILL;
}

/** The end of a command in words, for people. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case 'exited':
      return exit.code === RUST_PANIC ? 'exit code 101 (a Rust panic)' : `exit code ${exit.code}`;
    case 'signalled':
      return `killed by signal ${exit.signal}`;
    case 'timed-out':
      return `no end within ${exit.seconds} s`;
  }
}
