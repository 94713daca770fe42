import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../testing/github-server/server.ts';
import { clientOf, github, here, refusal } from '../support/github-client.ts';

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
