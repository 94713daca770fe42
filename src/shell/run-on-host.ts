import { getExecOutput } from '@actions/exec';
import type { RunOnHost } from '../sandbox/host.ts';

/** Runs short programs on the host for the engine, which knows nothing of GitHub's packages. Prints nothing. */
export const runOnHost: RunOnHost = async (program, args, environment) => {
  try {
    const options = { env: { ...environment }, silent: true, ignoreReturnCode: true };
    const { exitCode, stdout, stderr } = await getExecOutput(program, [...args], options);
    return { code: exitCode, stdout, stderr };
  } catch (error) {
    return { code: 127, stdout: '', stderr: String(error) };
  }
};
