import { describe, expect, it } from 'vitest';
import { github, here, refusal } from '../support/github-client.ts';

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
