import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quoted } from '../inputs/check.ts';
import type { InputName } from '../inputs/definitions.ts';
import { BadInputs, readSettings, type Settings } from '../inputs/settings.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { Plan } from '../plan/plan.ts';
import { indicesOf } from '../plan/shard.ts';
import { mergeRecords } from '../report/merge/merge.ts';
import { CannotRun } from '../sandbox/host.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import { type PlanOf, plansOf } from '../session/plans.ts';
import { PROGRAM } from '../session/program.ts';
import { reportOn, stackOf } from '../session/session.ts';
import { outliveReaders } from '../shell/stop.ts';
import { BadPlan, readStoredPlan } from '../triage/stored-plan.ts';
import { inertLines } from '../trust/inert.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { COULD_NOT_RUN, USAGE } from './exit-codes.ts';
import { fuzzAndTell, tellReport } from './fuzz.ts';
import { helpText } from './help.ts';

/** The subject of `--demo`: the reference behind a wrapper that loses data. */
const DEMO_SUBJECT = fileURLToPath(new URL('../testing/planted/convert-loses-the-end', import.meta.url));

/** What `--demo` does unless it is told otherwise: one iteration in five meets its bug, and who tries it sees what others saw. */
const DEMO = { instar: DEMO_SUBJECT, iterations: '20', seed: 'demo' };

/** Does what the command line asks for and gives the exit code. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  outliveReaders();
  try {
    const given = readArguments(words);
    if (given.help) return print(helpText());
    if (given.version) return print(PROGRAM);
    const settings = settingsOf(given);
    if (given.command === 'plan') return printPlans(settings, given.target);
    if (given.command === 'fuzz') return await fuzzAndTell(settings, planned(settings, settings.seed));
    if (given.command === 'report') return merge(settings, given.target);
    return await replay(settings, given.target);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  const usage = error instanceof BadInputs || error instanceof BadPlan;
  const expected = usage || error instanceof CannotRun;
  const message = expected ? error.message : `Unexpected: ${stackOf(error)}`;
  process.stderr.write(`${inertLines(message)}\n`);
  if (usage) process.stderr.write('script/fuzz --help lists what there is.\n');
  return usage ? USAGE : COULD_NOT_RUN;
}

function settingsOf(given: Arguments): Settings {
  const unless: Partial<Record<InputName, string>> = given.demo ? DEMO : { instar: REFERENCE };
  return readSettings({
    text: (name) => given.text(name) || (unless[name] ?? ''),
    event: 'workflow_dispatch',
    workspace: process.cwd(),
    temporary: tmpdir(),
  });
}

async function replay(settings: Settings, target: string | undefined): Promise<number> {
  if (target === undefined) throw new BadInputs('replay needs a finding’s folder, a plan.json or SEED/INDEX.');
  const plan = existsSync(resolve(target)) ? readStoredPlan(resolve(target), OPERATIONS) : drawnPlan(settings, target);
  const operations = [...new Set(plan.steps.map(({ operation }) => operation))];
  const one = { seed: plan.seed, first: plan.index, iterations: 1, shard: undefined, lanes: 1, operations };
  return fuzzAndTell({ ...settings, ...one }, () => plan);
}

function merge(settings: Settings, target: string | undefined): number {
  if (target === undefined) throw new BadInputs('report needs the directory below which the shards’ records lie.');
  const { reportDirectory } = settings;
  const run = existsSync(resolve(target)) ? mergeRecords(resolve(target), reportDirectory) : undefined;
  if (run === undefined) throw new BadInputs(`${quoted(target)} holds no record (run.json) of a shard.`);
  return tellReport(reportOn(reportDirectory, { warn: (words) => print(inertLines(words)) }), settings);
}

function printPlans(settings: Settings, target: string | undefined): number {
  if (target !== undefined) return print(JSON.stringify(drawnPlan(settings, target), null, 2));
  const planOf = planned(settings, settings.seed);
  for (const index of indicesOf(settings.iterations, settings.shard)) print(JSON.stringify(planOf(index)));
  return 0;
}

/** The plan that SEED/INDEX names; a seed may itself hold slashes. */
function drawnPlan(settings: Settings, target: string): Plan {
  const [, seed, index] = /^(.+)\/(\d{1,9})$/.exec(target) ?? [];
  if (seed === undefined)
    throw new BadInputs(`${quoted(target)} is neither a file or folder nor SEED/INDEX, such as 42/17.`);
  return planned(settings, seed)(Number(index));
}

function planned(settings: Settings, seed: string): PlanOf {
  return plansOf(seed, settings.operations, settings.gapOf);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
