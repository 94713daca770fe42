import { lastWords } from '../sandbox/command.ts';
import { crashed, succeeded } from '../verdict/exit.ts';
import type { Oracle } from './observation.ts';

/** The subject broke down (signal or panic), whatever the reference did. */
export const noCrash: Oracle = async ({ subject }) => {
  if (!crashed(subject.exit)) return undefined;
  return { kind: 'crash', type: 'crash_divergence', subject: subject.exit, message: lastWords(subject) };
};

/** Both succeed or both fail. The digits of a failure differ by design between the tools. */
export const sameSuccess: Oracle = async ({ subject, reference }) => {
  if (succeeded(subject.exit) === succeeded(reference.exit)) return undefined;
  const failed = succeeded(subject.exit) ? reference : subject;
  const { exit } = subject;
  return {
    kind: 'exit',
    type: 'exit_code_divergence',
    subject: exit,
    reference: reference.exit,
    message: lastWords(failed),
  };
};

/** The same exit code to the digit, for commands whose digit is an answer. */
export const sameExitCode: Oracle = async ({ subject, reference }) => {
  const [ours, theirs] = [subject.exit, reference.exit];
  if (ours.kind === 'exited' && theirs.kind === 'exited' && ours.code === theirs.code) return undefined;
  return {
    kind: 'exit',
    type: 'exit_code_divergence',
    subject: ours,
    reference: theirs,
    message: lastWords(subject),
  };
};

/** The subject may do what the reference refuses by design, but not refuse what the reference does. */
export const noRefusal: Oracle = async (observation) =>
  succeeded(observation.subject.exit) ? undefined : sameSuccess(observation);
