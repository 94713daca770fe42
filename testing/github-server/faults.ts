import { type Answer, errorAnswer } from './answers.ts';

/** What goes wrong. */
export type Play =
  | { readonly kind: 'bad_credentials' }
  | { readonly kind: 'not_accessible' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'issues_disabled' }
  /** The conversation of an issue was locked, as some bots do with closed ones: its state can still be changed. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'invalid' }
  /** Too much at once. GitHub does not always say how long to wait, in seconds. */
  | { readonly kind: 'secondary_limit'; readonly status: 403 | 429; readonly retryAfter?: number }
  /** The hour's requests are used up, until a time in seconds since 1970. */
  | { readonly kind: 'primary_limit'; readonly status: 403 | 429; readonly reset: number }
  /** Something broke at GitHub: before it did what it was asked, or after. */
  | { readonly kind: 'broken'; readonly status: 500 | 502 | 503; readonly performed?: boolean }
  /** It is done at once, and answered late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** It is done at once, of which `reached` is told, and answered when somebody says so. */
  | { readonly kind: 'held'; readonly reached: () => void; readonly until: Promise<void> }
  /** It is done, and the connection ends in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** It is elsewhere: a path, to which the query is added. After 301, the default, clients make a GET of a POST; after 307 they do not. */
  | { readonly kind: 'moved'; readonly to: string; readonly status?: 301 | 307 };

/** Which requests it happens to, all unless told. The first `after` of them pass; then `times` of them, one unless told, meet it. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly after?: number;
  readonly times?: number;
  readonly play: Play;
}

/** An answer, and how it travels. `scripted` says that the fault made it up rather than the route. */
export interface Delivery {
  readonly answer: Answer;
  readonly scripted?: boolean;
  readonly delay?: number;
  readonly until?: Promise<void>;
  readonly cut?: boolean;
}

/** The faults of a test, counted. */
export class FaultScript {
  readonly #faults: { readonly fault: Fault; seen: number; played: number }[] = [];

  /** Adds a fault behind those that are there. */
  add(fault: Fault): void {
    this.#faults.push({ fault, seen: 0, played: 0 });
  }

  /** What goes wrong with a request, if anything does: the first fault that fits and is not used up. */
  next(method: string, path: string): Play | undefined {
    for (const entry of this.#faults) {
      const { fault } = entry;
      if ((fault.method ?? method) !== method || fault.path?.test(path) === false) continue;
      entry.seen += 1;
      if (entry.seen <= (fault.after ?? 0) || entry.played >= (fault.times ?? 1)) continue;
      entry.played += 1;
      return fault.play;
    }
    return undefined;
  }

  /** The faults that never happened: a test that scripted one has not tested it. */
  unplayed(): Fault[] {
    return this.#faults.filter(({ played }) => played === 0).map(({ fault }) => fault);
  }
}

/** Something that goes wrong as long as is wished: what to play, when that has begun, and what ends it. */
export function holding(): { readonly play: Play; readonly reached: Promise<void>; readonly release: () => void } {
  let reach = (): void => {};
  let release = (): void => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const until = new Promise<void>((resolve) => (release = resolve));
  return { play: { kind: 'held', reached: reach, until }, reached, release };
}

/** What a fault makes of a request. `perform` does what was asked, which not every fault lets happen. */
export function play(fault: Play, perform: () => Answer, address: (path: string) => string): Delivery {
  switch (fault.kind) {
    case 'slow':
      return { answer: perform(), delay: fault.milliseconds };
    case 'held': {
      const answer = perform();
      fault.reached();
      return { answer, until: fault.until };
    }
    case 'cut':
      return { answer: perform(), cut: true };
    case 'broken':
      if (fault.performed === true) perform();
      return { answer: broken(fault.status), scripted: true };
    case 'moved':
      return { answer: moved(address(fault.to), fault.status ?? 301), scripted: true };
    default:
      return { answer: refused(fault), scripted: true };
  }
}

type Refused = Exclude<Play, { kind: 'slow' | 'held' | 'cut' | 'broken' | 'moved' }>;

function refused(fault: Refused): Answer {
  switch (fault.kind) {
    case 'bad_credentials':
      return errorAnswer(401, 'Bad credentials');
    case 'not_accessible':
      return errorAnswer(403, 'Resource not accessible by integration');
    case 'not_found':
      return errorAnswer(404, 'Not Found');
    case 'issues_disabled':
      return errorAnswer(410, 'Issues has been disabled in this repository.');
    case 'locked':
      return errorAnswer(403, 'Unable to create comment because issue is locked.');
    case 'deleted':
      return errorAnswer(410, 'This issue was deleted');
    case 'invalid':
      return errorAnswer(422, 'Validation Failed');
    case 'secondary_limit':
      return secondaryLimit(fault.status, fault.retryAfter);
    case 'primary_limit':
      return primaryLimit(fault.status, fault.reset);
  }
}

function secondaryLimit(status: number, retryAfter: number | undefined): Answer {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID 0000:000000:0000000:0000000:00000000.';
  return errorAnswer(status, message, retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` });
}

function primaryLimit(status: number, reset: number): Answer {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` };
  return errorAnswer(status, 'API rate limit exceeded for installation.', headers);
}

function broken(status: 500 | 502 | 503): Answer {
  if (status !== 502) return errorAnswer(status, status === 500 ? 'Server Error' : 'Service Unavailable');
  return { status, body: '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>' };
}

function moved(location: string, status: 301 | 307): Answer {
  const body = { message: 'Moved Permanently', url: location, documentation_url: 'https://docs.github.com/rest' };
  return { status, headers: { location }, body };
}
