// Rebuilds the bundle elsewhere and compares it with dist/ byte by byte: what is committed is what the sources give.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), 'differential-fuzz-dist-'));
try {
  await bundle(fresh);
  const names = [...new Set([...readdirSync(dist), ...readdirSync(fresh)])].toSorted();
  const different = names.filter((name) => !same(join(dist, name), join(fresh, name)));
  if (different.length > 0) {
    console.error(`dist/ is not what the sources give: ${different.join(', ')}. Run npm run build and commit it.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true });
}

function same(one, other) {
  try {
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false;
  }
}
