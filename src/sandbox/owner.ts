import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Names a process for good: the machine's boot and process-id space, its id and start time (proc(5), field 22 of
 * `stat`), so that a recycled id, or a file that outlived a reboot, is never taken for another's.
 */
export function ownerOf(pid: number): string | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : `${pidSpace()}.${pid}.${started}`;
}

/** Whether what an owner (and anything after its three parts) left may be removed: it belongs to our boot and process-id space, and that process is gone. */
export function isAbandoned(owner: string): boolean {
  const [space, pid, started] = owner.split('.');
  if (space !== pidSpace() || !/^\d+$/.test(pid ?? '')) return false;
  return startTime(Number(pid)) !== started;
}

function pidSpace(): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  return boot + readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything, also spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
