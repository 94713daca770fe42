import { Inconclusive } from '../oracles/inconclusive.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';

/** Ends the step as inconclusive unless the command did its work: without its input nothing can be judged. */
export function requireFixture(command: string, result: CommandResult): void {
  if (!succeeded(result.exit)) {
    throw new Inconclusive({ kind: 'fixture_failed', command, message: lastWords(result) });
  }
}
