import type { Answer } from './answers.ts';
import type { Call } from './call.ts';

/**
 * One page of a list. The `link` header goes by the repository's id, as GitHub's does, so that who puts pages' addresses together by hand
 * rather than follow it is not confirmed in that; like GitHub's, it is missing when everything is on one page.
 */
export function pageOf<Item>(items: readonly Item[], call: Call, render: (item: Item) => object): Answer {
  const size = Math.min(positive(call.query.get('per_page'), 30), 100);
  const page = positive(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = relationsOf(page, last)
    .map(([relation, number]) => `<${addressOfPage(call, number)}>; rel="${relation}"`)
    .join(', ');
  const body = items.slice((page - 1) * size, page * size).map(render);
  return { status: 200, headers: link === '' ? {} : { link }, body };
}

const positive = (text: string | null, otherwise: number) => Math.max(0, Math.trunc(Number(text))) || otherwise;

function relationsOf(page: number, last: number): [string, number][] {
  const relations: [string, number, boolean][] = [
    ['prev', page - 1, page > 1],
    ['next', page + 1, page < last],
    ['last', last, page < last],
    ['first', 1, page > 1],
  ];
  return relations.filter(([, , holds]) => holds).map(([relation, number]) => [relation, number]);
}

function addressOfPage({ path, query, place }: Call, page: number): string {
  const asked = new URLSearchParams(query);
  asked.set('page', `${page}`);
  return `${place.api}${path.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${place.repositoryId}`)}?${asked}`;
}
