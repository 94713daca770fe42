import type { Captured } from './command.ts';

/** What a sandbox has only so much of. */
export type Limited = 'processes' | 'memory';

/** How often each limit was reached since the sandbox began: a process or thread was refused, one was killed for want of memory. */
export type Reached = Readonly<Record<Limited, number>>;

/** The name of a shell function that tells it. */
export const TELL_REACHED = 'reached';

/**
 * Defines it, without a process of its own: there may be none to be had. The kernel counts for each control group, whose files stand in one place
 * or in one for each controller (cgroup-v2, `pids.events` and `memory.events`; cgroup-v1/memory, `memory.oom_control`). Nothing is told
 * where it does not count.
 */
export const DEFINE_REACHED = `
${TELL_REACHED}() {
  for f in pids.events pids/pids.events memory.events memory/memory.oom_control; do
    [ -r "/sys/fs/cgroup/$f" ] || continue
    while read -r k n; do
      case $f:$k in pids*:max) echo "processes $n" ;; mem*:oom_kill) echo "memory $n" ;; esac
    done <"/sys/fs/cgroup/$f"
  done
}
`;

/**
 * A shell's first words: where memory is wanted it is ended before the container's first process, with which all the container would end. What
 * lies in memory-backed scratch is freed by no end of a process, so the kernel goes on until none is left (proc(5) on `oom_score_adj`).
 */
export const END_FIRST = '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null\n';

/** What the function told. */
export function readReached({ text }: Captured): Reached {
  const counted = (limited: Limited) => Number(new RegExp(`^${limited} (\\d{1,15})$`, 'm').exec(text)?.[1] ?? 0);
  return { processes: counted('processes'), memory: counted('memory') };
}

/** What both parts of a sandbox were counted for. */
export function together(one: Reached, other: Reached): Reached {
  return { processes: one.processes + other.processes, memory: one.memory + other.memory };
}

/** A limit that was reached between two readings, if any was. */
export function reachedBetween(before: Reached, after: Reached): Limited | undefined {
  return (['processes', 'memory'] as const).find((limited) => after[limited] > before[limited]);
}
