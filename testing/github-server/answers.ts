const DOCUMENTATION = 'https://docs.github.com/rest';

/** What goes back to the client. A body that is a string is a page for people, as GitHub's own proxies send it; all others are JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Thrown by a route that does not do what it was asked; the server answers with it. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status}`);
    this.answer = answer;
  }
}

/** A refusal in GitHub's usual words: a message, where to read about it, and the status again as text. */
export function errorAnswer(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { message, documentation_url: DOCUMENTATION, status: `${status}` } };
}

/** One reason for which GitHub does not take a body. */
export interface FieldError {
  readonly resource: 'Issue' | 'IssueComment' | 'Label';
  readonly field: string;
  readonly code: 'custom' | 'missing_field' | 'already_exists' | 'invalid';
  readonly message?: string;
}

/** The 422 for a body whose types are right and whose values are not. */
export function invalidField(error: FieldError): Answer {
  const body = { message: 'Validation Failed', errors: [error], documentation_url: DOCUMENTATION, status: '422' };
  return { status: 422, body };
}

/** Refuses a text of more characters than GitHub takes, in GitHub's words. */
export function refuseLongText(error: Pick<FieldError, 'resource' | 'field'>, text: string, maximum: number): void {
  if ([...text].length <= maximum) return;
  const message = `${error.field} is too long (maximum is ${maximum} characters)`;
  throw new Refusal(invalidField({ ...error, code: 'custom', message }));
}
