import { type Accounts, accountOf } from './accounts.ts';
import { type Answer, errorAnswer, Refusal } from './answers.ts';
import { type Operation, operationOf } from './description.ts';
import { type Delivery, type FaultScript, play } from './faults.ts';
import type { Place } from './render.ts';
import { type Route, routeOf } from './routes.ts';
import type { Store } from './store.ts';
import { judgeAnswer, judgeRequest } from './validation.ts';

/** A request as it came in. A body that is no JSON is its text. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** What requests meet. */
export interface Scene {
  readonly store: Store;
  readonly place: Place;
  readonly accounts: Accounts;
  readonly script: FaultScript;
  /** Is told what was not as GitHub describes it. */
  readonly note: (side: 'request' | 'answer', received: Received, says: readonly string[]) => void;
}

interface Matched extends Scene {
  readonly received: Received;
  readonly route: Route;
  readonly operation: Operation;
}

/** Answers one request, and notes whatever about it is not as described. */
export function exchange(received: Received, scene: Scene): Delivery {
  const route = routeOf(received.method, received.path);
  if (route === undefined) {
    scene.note('request', received, ['this server does not play it']);
    return { answer: errorAnswer(404, 'Not Found') };
  }
  const matched = { ...scene, received, route, operation: operationOf(received.method, route.template) };
  const wrong = judged(matched);
  const delivery = delivered(matched, () => answered(matched, wrong));
  scene.note('answer', received, judgeAnswer(delivery.answer, matched.operation, delivery.scripted === true));
  return delivery;
}

function judged({ received, route, operation, note }: Matched): string[] {
  const { wrong, unknown } = judgeRequest({ ...received, params: route.params }, operation);
  note('request', received, [...wrong, ...unknown]);
  return wrong;
}

function delivered({ received, script, place }: Matched, perform: () => Answer): Delivery {
  const fault = script.next(received.method, received.path);
  if (fault === undefined) return { answer: perform() };
  const search = received.query.size === 0 ? '' : `?${received.query}`;
  return play(fault, perform, (path) => `${place.api}${path}${search}`);
}

function answered(matched: Matched, wrong: readonly string[]): Answer {
  try {
    return perform(matched, wrong);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return errorAnswer(500, `this server is wrong: ${error}`);
  }
}

function perform({ received, route, operation, accounts, place, store }: Matched, wrong: readonly string[]): Answer {
  const { params, handler } = route;
  const account = accountOf(received.authorization, accounts);
  const repository = `${params['owner']}/${params['repo']}`.toLowerCase();
  if ('repo' in params && repository !== place.repository.toLowerCase())
    throw new Refusal(errorAnswer(404, 'Not Found'));
  if (wrong.length > 0 && operation.answers.has(422)) {
    throw new Refusal(errorAnswer(422, `Invalid request.\n\n${wrong.join('\n')}`));
  }
  return handler({ ...received, params, account, store, place });
}
