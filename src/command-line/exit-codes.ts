/** The exit codes that are promised to scripts, and shown by the help. */
export const DIVERGENT = 1;
export const USAGE = 2;
/** The run, or a part of it, could not begin or did not get to its end. */
export const COULD_NOT_RUN = 3;
/** What the shell reports of a process that a signal ended early. */
export const INTERRUPTED = 130;
