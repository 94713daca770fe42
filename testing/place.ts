import { join } from 'node:path';
import { findTools, type Tools } from '../src/execution/tools.ts';
import { openContainers } from '../src/sandbox/container.ts';
import { REFERENCE, type Sandbox } from '../src/sandbox/sandbox.ts';
import { newNames } from '../src/session/open.ts';
import { runOnHost } from '../src/shell/run-on-host.ts';

/** Where benches and hunts work: a sandbox, and its tools. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly tools: Tools;
}

/** Opens a sandbox with the subjects of a directory in it; its `close` ends it. */
export async function openPlace(directory: string, lanes: number): Promise<Place> {
  const subject = { kind: 'file', path: join(directory, 'any'), directory } as const;
  const options = { engine: 'docker', image: 'instar-build', ...newNames(), subject, lanes } as const;
  const opened = await openContainers(options, runOnHost, new AbortController().signal);
  // The subjects take after the reference, in its way of spelling too.
  const sandbox = { ...opened, subject: REFERENCE };
  return { sandbox, tools: await findTools(sandbox, 'the image') };
}
