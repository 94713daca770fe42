import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { newDirectory } from './cli.ts';
import { MAIN, NODE_24, POST, REPOSITORY } from './paths.ts';
import { type Ended, run } from './process.ts';

interface Step {
  readonly event?: string;
  /** The event's payload. */
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly started?: (child: ChildProcess) => void;
  /** Variables of the machine that differ from ours. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The bundled action in a runner's place: its files and environment, as the runner makes them for a step. */
export class Runner {
  readonly temporary = newDirectory();
  readonly workspace = join(this.temporary, 'work space');

  constructor() {
    mkdirSync(this.workspace);
    for (const name of ['output', 'state', 'summary', 'event.json']) writeFileSync(join(this.temporary, name), '');
  }

  /** Runs `main`. Inputs that are not given have the defaults of action.yml, as the runner fills them in. */
  main({ event = 'push', payload = {}, inputs = {}, started, variables = {} }: Step = {}): Promise<Ended> {
    writeFileSync(join(this.temporary, 'event.json'), JSON.stringify(payload));
    const given = { ...defaults(), ...inputs };
    const texts = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const env = { ...this.#environment(event), ...Object.fromEntries(texts), ...variables };
    return run(NODE_24, [MAIN], { cwd: this.workspace, env, ...(started ? { started } : {}) });
  }

  /** Runs `post` with the state that `main` saved. */
  post(): Promise<Ended> {
    const state = Object.entries(this.#file('state')).map(([name, value]) => [`STATE_${name}`, value]);
    return run(NODE_24, [POST], {
      cwd: this.workspace,
      env: { ...this.#environment('push'), ...Object.fromEntries(state) },
    });
  }

  /** The outputs that were set. */
  outputs(): Record<string, string> {
    return this.#file('output');
  }

  /** The state that was saved. */
  state(): Record<string, string> {
    return this.#file('state');
  }

  /** The job summary. */
  summary(): string {
    return readFileSync(join(this.temporary, 'summary'), 'utf8');
  }

  #environment(event: string): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(this.temporary, 'event.json'),
      GITHUB_REPOSITORY: 'octocat/instar',
      GITHUB_WORKSPACE: this.workspace,
      GITHUB_OUTPUT: join(this.temporary, 'output'),
      GITHUB_STATE: join(this.temporary, 'state'),
      GITHUB_STEP_SUMMARY: join(this.temporary, 'summary'),
      GITHUB_TOKEN: 'secret-of-the-runner',
      ACTIONS_RUNTIME_TOKEN: 'secret-of-the-runner',
      RUNNER_TEMP: this.temporary,
    };
  }

  /** Reads a file of the form that the runner's file commands have: NAME<<DELIMITER, value, DELIMITER. */
  #file(name: string): Record<string, string> {
    const path = join(this.temporary, name);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const entries = text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm);
    return Object.fromEntries([...entries].map(([, key, , value]) => [key, value]));
  }
}

function defaults(): Record<string, string> {
  const { inputs } = parse(readFileSync(join(REPOSITORY, 'action.yml'), 'utf8')) as ActionFile;
  // There is no token here: a test that wants one gives it, together with a GitHub to use it on.
  const evaluate = (text: string) => (text === '${{ github.token }}' ? '' : text);
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, evaluate(input.default ?? '')]));
}

interface ActionFile {
  readonly inputs: Record<string, { readonly default?: string }>;
}
