import { getOctokit } from '@actions/github';
import { afterEach, describe, expect, it } from 'vitest';
import { holding, type Play } from '../../testing/github-server/faults.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../../testing/github-server/server.ts';

const here = { owner: 'octo', repo: 'instar' };
const started: GitHub[] = [];

async function github(options: GitHubOptions = {}) {
  const server = await startGitHub(options);
  started.push(server);
  return { server, rest: clientOf(server).rest, client: clientOf(server) };
}

const clientOf = (server: GitHub, token = 'a-token') => {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return getOctokit(token, { baseUrl: server.url, log: quiet });
};

/** How a request was refused. */
async function refusal(request: Promise<unknown>): Promise<{ status: number; message: string; headers: object }> {
  const error = await request.then(
    () => ({ status: 0, message: 'it was not refused' }),
    (refused) => refused,
  );
  return { status: error.status, message: error.message, headers: error.response?.headers };
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

describe('an issue', () => {
  it('is filed by the bot of the token, open, with its labels, and found again', async () => {
    const { server, rest } = await github();
    const { data, headers, status } = await rest.issues.create({ ...here, title: 'A', body: 'B', labels: ['fuzz'] });
    expect(data).toMatchObject({ title: 'A', body: 'B', state: 'open', state_reason: null, comments: 0 });
    expect(data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    expect(data.labels).toMatchObject([{ name: 'fuzz' }]);
    expect([status, headers.location]).toEqual([201, `${server.url}/repos/octo/instar/issues/${data.number}`]);
    const found = await rest.issues.get({ ...here, issue_number: data.number });
    expect(found.data).toEqual(data);
    expect(server.store.issue(data.number)).toMatchObject({ title: 'A', body: 'B', labels: ['fuzz'] });
    server.expectSound();
  });

  it('has an id that is not its number', async () => {
    const { server } = await github();
    const issue = server.store.addIssue({});
    expect(issue.id).toBeGreaterThan(2 ** 31);
  });

  it('keeps what a change does not name', async () => {
    const { server, rest } = await github();
    const { number } = server.store.addIssue({ title: 'A', body: 'B', labels: ['fuzz'] });
    const { data } = await rest.issues.update({ ...here, issue_number: number, body: 'seen twice' });
    expect(data).toMatchObject({ title: 'A', body: 'seen twice', state: 'open', labels: [{ name: 'fuzz' }] });
    server.expectSound();
  });

  it('is closed as completed unless told why, and reopened', async () => {
    const { server, rest } = await github();
    const { number: issue_number } = server.store.addIssue({});
    // The duplicate's id says nothing without that reason, not even when there is no such issue.
    const closed = await rest.issues.update({ ...here, issue_number, state: 'closed', duplicate_issue_id: 5 });
    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'completed' });
    expect(closed.data.closed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const opened = await rest.issues.update({ ...here, issue_number, state: 'open' });
    expect(opened.data).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null });
    server.expectSound();
  });

  it('keeps its reason when its state does not change', async () => {
    const { server, rest } = await github();
    const { number: issue_number } = server.store.addIssue({});
    server.store.close(issue_number, 'not_planned');
    const again = { ...here, issue_number, state_reason: 'completed' } as const;
    expect((await rest.issues.update({ ...again, state: 'closed' })).data.state_reason).toBe('not_planned');
    expect((await rest.issues.update(again)).data).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
    server.expectSound();
  });

  it('is closed as the duplicate of an issue that is named by its id', async () => {
    const { server, rest } = await github();
    const original = server.store.addIssue({});
    const { number: issue_number } = server.store.addIssue({});
    const duplicate = { ...here, issue_number, state: 'closed', state_reason: 'duplicate' } as const;
    const byNumber = rest.issues.update({ ...duplicate, duplicate_issue_id: original.number });
    expect(await refusal(byNumber)).toMatchObject({ status: 422 });
    const { data } = await rest.issues.update({ ...duplicate, duplicate_issue_id: original.id });
    expect(data).toMatchObject({ state: 'closed', state_reason: 'duplicate' });
    expect(server.store.issue(issue_number).duplicateOf).toBe(original.id);
    server.expectSound();
  });

  it('can be closed and reopened by people', async () => {
    const { server, rest } = await github();
    const [first, second] = [server.store.addIssue({}), server.store.addIssue({})];
    server.store.close(second.number, 'duplicate', first.number);
    server.store.close(first.number);
    server.store.reopen(first.number);
    const { data } = await rest.issues.listForRepo({ ...here, state: 'all' });
    expect(data.map(({ state, state_reason }) => [state, state_reason])).toEqual([
      ['closed', 'duplicate'],
      ['open', 'reopened'],
    ]);
    expect(server.store.issue(second.number).duplicateOf).toBe(first.id);
    server.expectSound();
  });

  it.each([
    ['body', 65_536, 'body is too long (maximum is 65536 characters)'],
    ['title', 256, 'title is too long (maximum is 256 characters)'],
  ])('is refused when its %s has more than %i characters', async (field, maximum, says) => {
    const { server, rest } = await github();
    const fill = (length: number) => ({ ...here, title: 'A', [field]: '🔥'.repeat(length) });
    expect((await rest.issues.create(fill(maximum))).status).toBe(201);
    const refused = await refusal(rest.issues.create(fill(maximum + 1)));
    expect(refused).toMatchObject({ status: 422, message: expect.stringContaining(says) });
    const changed = await refusal(rest.issues.update({ ...fill(maximum + 1), issue_number: 1 }));
    expect(changed).toMatchObject({ status: 422, message: expect.stringContaining(says) });
    expect(server.store.issues).toHaveLength(1);
    server.expectSound();
  });

  it('is not found when there is none, or in a repository that is not this one', async () => {
    const { server, rest } = await github();
    expect(await refusal(rest.issues.get({ ...here, issue_number: 1 }))).toMatchObject({ status: 404 });
    server.store.addIssue({});
    const elsewhere = { owner: 'octo', repo: 'other', issue_number: 1 };
    expect(await refusal(rest.issues.get(elsewhere))).toMatchObject({ status: 404 });
    expect((await rest.issues.get({ owner: 'Octo', repo: 'INSTAR', issue_number: 1 })).status).toBe(200);
    server.expectSound();
  });
});

describe('the list of issues', () => {
  it('comes in pages that are followed by their links, pull requests among them', async () => {
    const { server, client } = await github();
    for (let number = 1; number <= 250; number += 1) server.store.addIssue({ pullRequest: number === 7 });
    const all = await client.paginate(client.rest.issues.listForRepo, { ...here, state: 'all', per_page: 100 });
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
    expect(all.filter((issue) => issue.pull_request !== undefined).map(({ number }) => number)).toEqual([7]);
    expect(server.requests.map(({ query }) => query['page'])).toEqual([undefined, '2', '3']);
    server.expectSound();
  });

  it('says where its other pages are as GitHub does, and nothing when there are none', async () => {
    const { server, rest } = await github();
    for (let number = 1; number <= 5; number += 1) server.store.addIssue({});
    const { data, headers } = await rest.issues.listForRepo({ ...here, per_page: 2, page: 2 });
    expect(data.map(({ number }) => number)).toEqual([3, 2]);
    const address = (page: number) => `<${server.url}/repositories/724117001/issues?per_page=2&page=${page}>`;
    expect(headers.link).toBe(
      `${address(1)}; rel="prev", ${address(3)}; rel="next", ${address(3)}; rel="last", ${address(1)}; rel="first"`,
    );
    expect((await rest.issues.listForRepo(here)).headers.link).toBeUndefined();
    server.expectSound();
  });

  it('has thirty on a page unless told, and never more than a hundred', async () => {
    const { server, rest } = await github();
    for (let number = 1; number <= 120; number += 1) server.store.addIssue({});
    expect((await rest.issues.listForRepo(here)).data).toHaveLength(30);
    expect((await rest.issues.listForRepo({ ...here, per_page: 1000 })).data).toHaveLength(100);
    server.expectSound();
  });

  it('is narrowed by state, by labels that must all be there, by creator and by time', async () => {
    let clock = '2026-11-01T00:00:00Z';
    const { server, rest } = await github({ now: () => new Date(clock) });
    server.store.addIssue({ labels: ['fuzz', 'Crash'] });
    server.store.addIssue({ labels: ['fuzz'], user: { login: 'mona', type: 'User', push: true } });
    server.store.close(2);
    clock = '2026-11-02T00:00:00Z';
    server.store.addIssue({});
    const numbers = async (filters: object) =>
      (await rest.issues.listForRepo({ ...here, ...filters })).data.map(({ number }) => number);
    expect(await numbers({})).toEqual([3, 1]);
    expect(await numbers({ state: 'closed' })).toEqual([2]);
    expect(await numbers({ state: 'all', labels: 'FUZZ' })).toEqual([2, 1]);
    expect(await numbers({ state: 'all', labels: 'fuzz,crash' })).toEqual([1]);
    expect(await numbers({ state: 'all', creator: 'mona' })).toEqual([2]);
    expect(await numbers({ state: 'all', since: '2026-11-02T00:00:00Z' })).toEqual([3]);
    expect(await numbers({ state: 'all', direction: 'asc' })).toEqual([1, 2, 3]);
    server.expectSound();
  });
});

describe('comments', () => {
  it('are added to an issue and listed, oldest first', async () => {
    const { server, rest } = await github();
    const { number: issue_number } = server.store.addIssue({});
    server.store.addComment(issue_number, 'from a person', { login: 'mona', type: 'User', push: true });
    expect((await rest.issues.createComment({ ...here, issue_number, body: 'it is back' })).status).toBe(201);
    const { data } = await rest.issues.listComments({ ...here, issue_number });
    expect(data.map(({ body, user }) => [body, user?.login])).toEqual([
      ['from a person', 'mona'],
      ['it is back', 'github-actions[bot]'],
    ]);
    expect((await rest.issues.get({ ...here, issue_number })).data.comments).toBe(2);
    expect(server.store.commentsOn(issue_number)).toHaveLength(2);
    server.expectSound();
  });

  it('are refused when they are too long, or where there is no issue', async () => {
    const { server, rest } = await github();
    const { number: issue_number } = server.store.addIssue({});
    const long = rest.issues.createComment({ ...here, issue_number, body: 'x'.repeat(65_537) });
    expect(await refusal(long)).toMatchObject({ status: 422 });
    const nowhere = rest.issues.createComment({ ...here, issue_number: 99, body: 'x' });
    expect(await refusal(nowhere)).toMatchObject({ status: 404 });
    expect(server.store.comments).toEqual([]);
    server.expectSound();
  });
});

describe('labels', () => {
  it('are made once, whatever their case, and read back', async () => {
    const { server, rest } = await github();
    const label = { ...here, name: 'fuzz: crash?', color: 'd73a4a', description: 'found by fuzzing' };
    expect(await refusal(rest.issues.getLabel({ ...here, name: label.name }))).toMatchObject({ status: 404 });
    expect((await rest.issues.createLabel(label)).status).toBe(201);
    const twice = await refusal(rest.issues.createLabel({ ...label, name: 'FUZZ: crash?' }));
    expect(twice).toMatchObject({ status: 422, message: expect.stringContaining('already_exists') });
    const { data } = await rest.issues.getLabel({ ...here, name: label.name });
    expect(data).toMatchObject({ name: 'fuzz: crash?', color: 'd73a4a', description: 'found by fuzzing' });
    expect((await rest.issues.listLabelsForRepo(here)).data).toEqual([data]);
    server.expectSound();
  });

  it.each([
    ['a color with a #', { name: 'fuzz', color: '#d73a4a' }],
    ['a description of more than 100 characters', { name: 'fuzz', description: 'x'.repeat(101) }],
    ['a name of more than 50 characters', { name: 'x'.repeat(51) }],
  ])('are refused with %s', async (_, label) => {
    const { server, rest } = await github();
    expect(await refusal(rest.issues.createLabel({ ...here, ...label }))).toMatchObject({ status: 422 });
    expect(server.store.labels).toEqual([]);
    server.expectSound();
  });

  it('that the repository lacks are made for an issue', async () => {
    const { server, rest } = await github();
    await rest.issues.create({ ...here, title: 'A', labels: ['new', { name: 'newer' }] });
    expect(server.store.labels.map(({ name }) => name)).toEqual(['new', 'newer']);
    server.expectSound();
  });
});

describe('a token', () => {
  it('without push rights files issues whose labels are silently dropped', async () => {
    const { server, rest } = await github({ account: { push: false } });
    const { data, status } = await rest.issues.create({ ...here, title: 'A', labels: ['fuzz'] });
    expect([status, data.labels]).toEqual([201, []]);
    expect(server.store.labels).toEqual([]);
    expect((await rest.repos.get(here)).data.permissions).toMatchObject({ push: false, pull: true });
    server.expectSound();
  });

  it('without push rights does not change what others filed', async () => {
    const { server, rest } = await github({ account: { login: 'mona', type: 'User', push: false } });
    const { number: issue_number } = server.store.addIssue({ title: 'A' });
    expect(await refusal(rest.issues.update({ ...here, issue_number, title: 'B' }))).toMatchObject({ status: 403 });
    expect(server.store.issue(issue_number).title).toBe('A');
    server.expectSound();
  });

  it('speaks for its account', async () => {
    const { server } = await github({ tokens: { hers: { login: 'mona', type: 'User' } } });
    const mona = clientOf(server, 'hers').rest;
    expect((await mona.users.getAuthenticated()).data.login).toBe('mona');
    expect((await mona.issues.create({ ...here, title: 'A' })).data.user).toMatchObject({
      login: 'mona',
      type: 'User',
    });
    const stranger = clientOf(server, 'wrong').rest;
    expect(await refusal(stranger.issues.listForRepo(here))).toMatchObject({ status: 401 });
    server.expectSound();
  });

  it('of a workflow is no user', async () => {
    const { server, rest } = await github();
    const { status, message } = await refusal(rest.users.getAuthenticated());
    expect([status, message]).toEqual([403, expect.stringContaining('Resource not accessible by integration')]);
    server.expectSound();
  });

  it('that is missing reads and does not write', async () => {
    const { server } = await github();
    const issues = `${server.url}/repos/octo/instar/issues`;
    expect((await fetch(issues)).status).toBe(200);
    expect((await fetch(issues, { method: 'POST', body: '{"title":"A"}' })).status).toBe(401);
    expect(server.store.issues).toEqual([]);
    server.expectSound();
  });
});

describe('every answer', () => {
  it('says how many requests are left', async () => {
    const { server, rest } = await github();
    const left = async () => (await rest.issues.listForRepo(here)).headers['x-ratelimit-remaining'];
    expect([await left(), await left()]).toEqual(['999', '998']);
    const { headers } = await refusal(rest.issues.get({ ...here, issue_number: 5 }));
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-used': '3' });
    expect(headers).toHaveProperty('x-ratelimit-reset', expect.stringMatching(/^\d{10}$/));
    server.expectSound();
  });
});

describe('a request that is not as GitHub describes it', () => {
  const says = ({ violations }: GitHub) => violations.map((violation) => violation.says);

  it('is refused and held against the test when a field has the wrong type', async () => {
    const { server, client } = await github();
    const wrong = client.request('POST /repos/octo/instar/issues', { title: 'A', body: 7, labels: 'fuzz' });
    expect(await refusal(wrong)).toMatchObject({ status: 422, message: expect.stringContaining('Invalid request') });
    expect(says(server)).toEqual(['body: /body must be string', 'body: /labels must be array']);
    expect(server.violations[0]).toMatchObject({ side: 'request', method: 'POST', path: '/repos/octo/instar/issues' });
    expect(() => server.expectSound()).toThrow('/labels must be array');
    expect(server.store.issues).toEqual([]);
  });

  it('is held against the test when a field is misspelled, which GitHub ignores', async () => {
    const { server, client } = await github();
    await client.request('POST /repos/octo/instar/issues', { title: 'A', lables: ['fuzz'] });
    await client.request('GET /repos/octo/instar/issues?stat=all');
    expect(says(server)).toEqual(['GitHub does not know lables', 'GitHub does not know stat']);
  });

  it('is held against the test when a filter has no such value', async () => {
    const { server, client } = await github();
    const wrong = client.request('GET /repos/octo/instar/issues?state=shut&per_page=many');
    expect(await refusal(wrong)).toMatchObject({ status: 422 });
    expect(says(server)).toEqual([expect.stringMatching(/^state: /), expect.stringMatching(/^per_page: /)]);
  });

  it('is held against the test when a required field is missing or the issue is no number', async () => {
    const { server, client } = await github();
    await refusal(client.request('POST /repos/octo/instar/issues', { body: 'A' }));
    await refusal(client.request('GET /repos/octo/instar/issues/first'));
    expect(says(server)).toEqual([expect.stringContaining("'title'"), 'issue_number: it must be integer']);
  });

  it('is held against the test when this server does not play it', async () => {
    const { server, client } = await github();
    expect(await refusal(client.rest.issues.lock({ ...here, issue_number: 1 }))).toMatchObject({ status: 404 });
    expect(await refusal(client.rest.issues.listForRepo({ ...here, milestone: '1' }))).toMatchObject({ status: 501 });
    expect(await refusal(client.rest.issues.create({ ...here, title: 'A', type: 'B' }))).toMatchObject({ status: 501 });
    expect(says(server)).toEqual(['this server does not play it', '501 is not described', '501 is not described']);
  });
});

describe('an answer that is not as GitHub describes it', () => {
  it('is held against this server', async () => {
    const { server, rest } = await github();
    server.store.addIssue({});
    Object.assign(server.store.issue(1), { stateReason: 'boredom' });
    await rest.issues.get({ ...here, issue_number: 1 });
    expect(server.violations).toMatchObject([{ side: 'answer', says: expect.stringContaining('state_reason') }]);
  });
});

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

describe('the log of requests', () => {
  it('has each with its body and what it was answered with', async () => {
    const { server, rest } = await github();
    await rest.issues.create({ ...here, title: 'A' });
    await refusal(rest.issues.get({ ...here, issue_number: 9 }));
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/repos/octo/instar/issues', body: { title: 'A' }, status: 201 },
      { method: 'GET', path: '/repos/octo/instar/issues/9', body: undefined, status: 404 },
    ]);
    server.expectSound();
  });
});
