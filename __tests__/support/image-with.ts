import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './cli.ts';
import { IMAGE } from './paths.ts';

/** Builds the test image again with a shell script in the place of one of its programs, which is there as NAME.true. Gives the image's name. */
export function imageWith(image: string, program: 'qemu-img' | 'qemu-io', script: string): string {
  const context = newDirectory();
  writeFileSync(join(context, 'script'), script, { mode: 0o755 });
  const steps = [`RUN mv /usr/bin/${program} /usr/bin/${program}.true`, `COPY script /usr/bin/${program}`];
  writeFileSync(join(context, 'Dockerfile'), [`FROM ${IMAGE}`, ...steps, ''].join('\n'));
  execFileSync('docker', ['build', '-q', '-t', image, context], { stdio: 'ignore' });
  return image;
}
