// Runs the repository's own checks and then every test, and ends with the one line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = ['types', 'lint', 'unused', 'check:dist', 'lint:shell'];

const checks = CHECKS.map((name) => {
  console.log(`# npm run ${name}`);
  return spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit' }).status === 0;
});

// All that the tests make goes with it; the container's user has to be able to enter it.
const scratch = mkdtempSync(join(tmpdir(), 'differential-fuzz-tests-'));
chmodSync(scratch, 0o755);
const file = join(scratch, 'results.json');
const words = ['unit', 'process', 'browser', 'container'].flatMap((name) => ['--project', name]);
const tests = spawnSync('vitest', ['run', ...words, '--reporter=default', '--reporter=json', `--outputFile=${file}`], {
  stdio: 'inherit',
  env: { ...process.env, TMPDIR: scratch },
});
const { numPassedTests, numTotalTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
rmSync(scratch, { recursive: true, force: true });

// A test that was skipped, or a file that could not be loaded, counts as failed.
const passed = numPassedTests + checks.filter(Boolean).length;
const lost = tests.status !== 0 && numPassedTests === numTotalTests ? Math.max(1, numFailedTestSuites) : 0;
const failed = numTotalTests - numPassedTests + checks.filter((good) => !good).length + lost;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
