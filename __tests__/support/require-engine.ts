import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, IMAGE } from './paths.ts';

/** Tests that need the real engine fail without it; they are never skipped. */
export default function requireEngine(): void {
  try {
    execFileSync('docker', ['image', 'inspect', IMAGE], { stdio: 'ignore' });
  } catch {
    throw new Error(`These tests need a docker engine with the image ${IMAGE}. script/test sets both up.`);
  }
  for (const suite of ['bullseye', 'bookworm', 'trixie-backports']) {
    if (!existsSync(join(CACHE, suite, 'instar-but-info')))
      throw new Error(`${CACHE} lacks ${suite}. script/test makes it.`);
  }
}
