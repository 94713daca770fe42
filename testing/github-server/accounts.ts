import { errorAnswer, Refusal } from './answers.ts';

/** Whoever a token speaks for. `push` is the right to write to the repository, without which labels are silently dropped. */
export interface Account {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  readonly push: boolean;
}

/** Whom a workflow's own token speaks for. */
export const ACTIONS_BOT: Account = { login: 'github-actions[bot]', type: 'Bot', push: true };

/** The accounts by their tokens; a token that is not among them speaks for `other`, or is a bad one when there is no other. */
export interface Accounts {
  readonly tokens: Readonly<Record<string, Partial<Account>>>;
  readonly other: Account | undefined;
}

/** The account of an `authorization` header; nobody without one, as everybody may read a public repository. */
export function accountOf(header: string | undefined, { tokens, other }: Accounts): Account | undefined {
  if (header === undefined) return undefined;
  const token = /^(?:token|bearer) (.+)$/i.exec(header)?.[1] ?? '';
  const named = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  const account = named === undefined ? other : { ...ACTIONS_BOT, ...named };
  if (account === undefined || token === '') throw new Refusal(errorAnswer(401, 'Bad credentials'));
  return account;
}
