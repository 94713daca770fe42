/**
 * Turns the first SIGINT or SIGTERM into an orderly end, which has to fit into the 7.5 s that a runner leaves; the signal that is
 * returned is aborted then. A second one ends the process by default.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(name));
  return controller.signal;
}
