import { describe, expect, it } from 'vitest';
import { holding, type Play } from '../../testing/github-server/faults.ts';
import { github, here, refusal } from '../support/github-client.ts';

describe('a scripted fault', () => {
  const create = { method: 'POST', path: /\/issues$/ };
  const refusals: [string, Play, object][] = [
    ['a bad token', { kind: 'bad_credentials' }, { status: 401 }],
    ['no permission', { kind: 'not_accessible' }, { status: 403, message: /Resource not accessible by integration/ }],
    ['no repository', { kind: 'not_found' }, { status: 404 }],
    ['issues disabled', { kind: 'issues_disabled' }, { status: 410, message: /Issues has been disabled/ }],
    ['an invalid request', { kind: 'invalid' }, { status: 422 }],
    ['a secondary limit', { kind: 'secondary_limit', status: 429, retryAfter: 2 }, { status: 429, wait: '2' }],
    [
      'a secondary limit, forbidden',
      { kind: 'secondary_limit', status: 403, retryAfter: 60 },
      { status: 403, wait: '60' },
    ],
    ['a secondary limit without a time', { kind: 'secondary_limit', status: 403 }, { message: /secondary rate limit/ }],
    ['a primary limit', { kind: 'primary_limit', status: 403, reset: 1_800_000_000 }, { status: 403, left: '0' }],
    [
      'a primary limit, too many',
      { kind: 'primary_limit', status: 429, reset: 1_800_000_000 },
      { status: 429, left: '0' },
    ],
    ['a broken server', { kind: 'broken', status: 500 }, { status: 500 }],
    ['a bad gateway', { kind: 'broken', status: 502 }, { status: 502, message: /Bad Gateway/ }],
    ['no service', { kind: 'broken', status: 503 }, { status: 503 }],
  ];

  it.each(refusals)('refuses one request for %s, and nothing is filed', async (_, play, expected) => {
    const { server, rest } = await github({ faults: [{ ...create, play }] });
    await rest.issues.listForRepo(here);
    const { status, message, headers } = await refusal(rest.issues.create({ ...here, title: 'A' }));
    const told = { wait: Reflect.get(headers, 'retry-after'), left: Reflect.get(headers, 'x-ratelimit-remaining') };
    const { message: words = /./, ...others } = expected as { message?: RegExp };
    expect({ status, ...told }).toMatchObject(others);
    expect(message).toMatch(words);
    expect(server.store.issues).toEqual([]);
    expect((await rest.issues.create({ ...here, title: 'A' })).status).toBe(201);
    server.expectSound();
  });

  it('of a primary limit says until when', async () => {
    const { server, rest } = await github({
      faults: [{ play: { kind: 'primary_limit', status: 403, reset: 1_800_000_000 } }],
    });
    const { headers } = await refusal(rest.issues.listForRepo(here));
    expect(headers).toMatchObject({ 'x-ratelimit-reset': '1800000000' });
    server.expectSound();
  });

  it('can come after the work was done', async () => {
    const { server, rest } = await github();
    server.fail({ ...create, play: { kind: 'broken', status: 502, performed: true } });
    expect(await refusal(rest.issues.create({ ...here, title: 'A' }))).toMatchObject({ status: 502 });
    expect(server.store.issues).toHaveLength(1);
    server.expectSound();
  });

  it('can let some requests pass, and stay', async () => {
    const { server, rest } = await github();
    server.fail({ after: 1, times: 2, play: { kind: 'not_found' } });
    const seen = [];
    for (let request = 0; request < 4; request += 1) seen.push((await refusal(rest.issues.listForRepo(here))).status);
    expect(seen).toEqual([0, 404, 404, 0]);
    server.expectSound();
  });

  it('makes an answer late, though its work is done at once', async () => {
    const { server, client } = await github({ faults: [{ ...create, play: { kind: 'slow', milliseconds: 60_000 } }] });
    const request = { signal: AbortSignal.timeout(300) };
    const error = await refusal(client.rest.issues.create({ ...here, title: 'A', request }));
    expect(error.status).not.toBe(0);
    expect(server.store.issues).toHaveLength(1);
    server.expectSound();
  });

  it('holds an answer back until it is let go, though its work is done at once', async () => {
    const { play, reached, release } = holding();
    const { server, rest } = await github({ faults: [{ ...create, play }] });
    let answered = false;
    const creating = rest.issues.create({ ...here, title: 'A' }).finally(() => (answered = true));
    await reached;
    // A whole exchange, in which an answer that nobody holds back would have come.
    await rest.issues.listForRepo(here);
    expect([answered, server.store.issues.length]).toEqual([false, 1]);
    release();
    expect((await creating).status).toBe(201);
    server.expectSound();
  });

  it('cuts an answer in its middle, which the client takes for a success without data', async () => {
    const { server, rest } = await github({ faults: [{ ...create, play: { kind: 'cut' } }] });
    const { status, data } = await rest.issues.create({ ...here, title: 'A' });
    expect([status, data]).toEqual([201, '']);
    expect(server.store.issues).toHaveLength(1);
    server.expectSound();
  });

  it('moves a repository: readers follow, query and all', async () => {
    const moved: Play = { kind: 'moved', to: '/repos/octo/instar/issues' };
    const { server, rest } = await github({ faults: [{ path: /^\/repos\/old\//, play: moved }] });
    server.store.addIssue({ title: 'A' });
    server.store.close(1);
    const { data } = await rest.issues.listForRepo({ owner: 'old', repo: 'name', state: 'closed' });
    expect(data.map(({ title }) => title)).toEqual(['A']);
    expect(server.requests.map(({ path, status }) => [path, status])).toEqual([
      ['/repos/old/name/issues', 301],
      ['/repos/octo/instar/issues', 200],
    ]);
    server.expectSound();
  });

  it.each([
    [301, 'lost: the client asks for the list instead', 'GET', 0],
    [307, 'followed', 'POST', 1],
  ] as const)('moves a repository by %i: what is written to it is %s', async (status, _, method, filed) => {
    const moved: Play = { kind: 'moved', to: '/repos/octo/instar/issues', status };
    const { server, rest } = await github({ faults: [{ path: /^\/repos\/old\//, play: moved }] });
    await rest.issues.create({ owner: 'old', repo: 'name', title: 'A' });
    expect(server.requests.map((request) => request.method)).toEqual(['POST', method]);
    expect(server.store.issues).toHaveLength(filed);
    server.expectSound();
  });

  it('that never happens is held against the test', async () => {
    const { server, rest } = await github({ faults: [{ ...create, play: { kind: 'cut' } }] });
    await rest.issues.listForRepo(here);
    expect(() => server.expectSound()).toThrow('a scripted fault never happened: cut');
  });
});
