import type { Settings } from '../inputs/settings.ts';
import { callEngine } from '../sandbox/engine.ts';
import { CannotRun, type RunOnHost } from '../sandbox/host.ts';

/**
 * Throws CannotRun that says how to build the image where the engine answers and has none of that name: on one's own machine there is no
 * earlier step that could have. Whatever else is wrong the run itself finds.
 */
export async function requireLocalImage(settings: Settings, run: RunOnHost): Promise<void> {
  const { image, 'container-engine': engine } = settings;
  if (engine === 'none') return;
  const succeeds = async (...args: readonly string[]) => (await callEngine(run, engine, args)).code === 0;
  if ((await succeeds('image', 'inspect', image)) || !(await succeeds('version'))) return;
  throw new CannotRun(
    `Input "image": ${engine} has no image "${image}". Build it: ${engine} build -t ${image} -f path/to/Dockerfile . ` +
      `(or, in the root of a clone of disk-image-differential-fuzz, script/build-image ${image} ${engine}: one with qemu-img and qemu-io).`,
  );
}
