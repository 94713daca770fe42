import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { crashed, succeeded } from '../verdict/exit.ts';
import type { Judgement } from '../verdict/finding.ts';
import type { Observation, Oracle } from './observation.ts';

/** The subject broke down (signal or panic), whatever the reference did. */
export const noCrash: Oracle = async ({ subject }) => crashOf(subject);

/** The finding of a command of the subject that broke down. */
export function crashOf(result: CommandResult): Judgement | undefined {
  if (!crashed(result.exit)) return undefined;
  return { kind: 'crash', type: 'crash_divergence', subject: result.exit, message: lastWords(result) };
}

/** Both succeed or both fail. The digits of a failure differ by design between the tools. */
export const sameSuccess: Oracle = async ({ subject, reference }) => {
  if (succeeded(subject.exit) === succeeded(reference.exit)) return undefined;
  return exitFinding({ subject, reference });
};

/** The same exit code to the digit, for commands whose digit is an answer. */
export const sameExitCode: Oracle = async ({ subject, reference }) => {
  const [ours, theirs] = [subject.exit, reference.exit];
  if (ours.kind === 'exited' && theirs.kind === 'exited' && ours.code === theirs.code) return undefined;
  return exitFinding({ subject, reference });
};

/** The message is that of the side that failed; the subject's where both did. */
function exitFinding({ subject, reference }: Pick<Observation, 'subject' | 'reference'>): Judgement {
  const message = lastWords(succeeded(subject.exit) ? reference : subject);
  return { kind: 'exit', type: 'exit_code_divergence', subject: subject.exit, reference: reference.exit, message };
}

/** The subject may do what the reference refuses by design, but not refuse what the reference does. */
export const noRefusal: Oracle = async (observation) =>
  succeeded(observation.subject.exit) ? undefined : sameSuccess(observation);
