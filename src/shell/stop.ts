/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an orderly end, which has to fit into the 7.5 s that a runner leaves; the signal that
 * is returned is aborted then. A second one of the same name ends the process at once, as it does by default.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort(name));
  return controller.signal;
}

/** A reader that has gone away (a pipe to `head`, a closed terminal) must not end a run whose record is wanted. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}
