import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { crashed, type Exit, succeeded } from '../verdict/exit.ts';
import { type Judgement, TYPE_ENDS } from '../verdict/finding.ts';
import type { Observation, Oracle } from './observation.ts';

const ANSWERED = { kind: 'exited', code: 0 } as const;

/** The subject broke down (signal or panic), whatever the reference did. */
export const noCrash: Oracle = async ({ subject }) => crashOf(subject);

/** What Rust's default panic handler prints, whatever the process then ends with: where, and on a line of its own since 1.73 what. */
const PANIC = /^(?:thread '.*' (?:\(\d+\) )?)?(panicked at .*(?:(?<=:)\n.*)?)/m;

/** The finding of a command of the subject that broke down. */
export function crashOf(result: CommandResult): Judgement | undefined {
  const [, panic] = (succeeded(result.exit) ? null : PANIC.exec(result.stderr.text)) ?? [];
  if (!crashed(result.exit) && panic === undefined) return undefined;
  // Its last words are advice how to learn more, the same for every panic.
  const message = panic?.replace('\n', ' ').slice(0, 500) ?? lastWords(result);
  return { kind: 'crash', type: 'crash_divergence', subject: result.exit, message };
}

/** What is wrong with the end of a question to the subject that the reference answers: it broke down, or refused. `type` names the refusal. */
export function failureOf(
  result: CommandResult,
  type: string,
  hasAnswered: (exit: Exit) => boolean = succeeded,
): Judgement | undefined {
  const crash = crashOf(result);
  if (crash || hasAnswered(result.exit)) return crash;
  return { kind: 'exit', type, subject: result.exit, reference: ANSWERED, message: lastWords(result) };
}

/** Both succeed or both fail. The digits of a failure differ by design between the tools. */
export const sameSuccess: Oracle = async (observation) => successFinding(observation);

function successFinding(ends: Pick<Observation, 'subject' | 'reference'>): Judgement | undefined {
  return succeeded(ends.subject.exit) === succeeded(ends.reference.exit) ? undefined : exitFinding(ends);
}

/** The subject may refuse by design what the reference does, but not do what that refuses. */
export const noAcceptance: Oracle = async (observation) =>
  succeeded(observation.subject.exit) ? sameSuccess(observation) : undefined;

/**
 * The reference cannot read the data, or has no room to write it: a subject that succeeds all the same hands out something else, or has written
 * a part. It may be stricter, and need more room itself.
 */
export function refusesLoss(kind: 'unreadable' | 'unwritten'): Oracle {
  return async (observation) => {
    const finding = await noAcceptance(observation);
    return finding && { ...finding, type: `${observation.operation}${TYPE_ENDS[kind]}` };
  };
}

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

/** The ends of one command on both sides: a crash of the subject, or one success and one refusal. */
export function compareEnds(ends: Pick<Observation, 'subject' | 'reference'>): Judgement | undefined {
  return crashOf(ends.subject) ?? successFinding(ends);
}

/** The subject may do what the reference refuses by design, but not refuse what the reference does. */
export const noRefusal: Oracle = async (observation) =>
  succeeded(observation.subject.exit) ? undefined : sameSuccess(observation);
