import { Inconclusive } from '../oracles/inconclusive.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { crashed, succeeded } from '../verdict/exit.ts';
import type { Judgement } from '../verdict/finding.ts';

/** Ends the step as inconclusive unless the command did its work: without its input nothing can be judged. */
export function requireFixture(command: string, result: CommandResult): void {
  if (!succeeded(result.exit)) {
    throw new Inconclusive({ kind: 'fixture_failed', command, message: lastWords(result) });
  }
}

/** Ends the step as inconclusive where the reference broke down, unless what was found is that the subject did: nobody can be held to a crash. */
export function requireAlive(command: string, reference: CommandResult, found: Judgement | undefined): void {
  if (crashed(reference.exit) && found?.kind !== 'crash') {
    throw new Inconclusive({ kind: 'reference_crashed', command, message: lastWords(reference) });
  }
}
