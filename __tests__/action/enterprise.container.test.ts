import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../testing/github-server/server.ts';
import { runJob } from '../support/job.ts';

const PREFIX = '/api/v3';

let github: GitHub;
let enterprise: Server;
let address: string;
let strayed: string[];

/** A GitHub Enterprise Server has its API below a path of its web address; what is asked elsewhere has strayed. */
beforeEach(async () => {
  github = await startGitHub({ repository: 'octocat/instar' });
  strayed = [];
  enterprise = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (!path.startsWith(`${PREFIX}/`)) strayed.push(path);
    const body = await new Response(request as unknown as ReadableStream).arrayBuffer();
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    const answer = await fetch(`${github.url}${path.slice(PREFIX.length)}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.byteLength > 0 ? { body } : {}),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  enterprise.listen(0, '127.0.0.1');
  await once(enterprise, 'listening');
  address = `http://127.0.0.1:${(enterprise.address() as AddressInfo).port}`;
});

afterEach(async () => {
  enterprise.close();
  enterprise.closeAllConnections();
  await github.close();
});

describe('on a GitHub Enterprise Server, without cache or artifacts', () => {
  const night = (seed: string) =>
    runJob({
      event: 'schedule',
      subject: 'convert-touches-its-source',
      seed,
      inputs: { 'github-token': 'a-token' },
      variables: { GITHUB_API_URL: `${address}${PREFIX}`, GITHUB_SERVER_URL: 'https://github.example.com' },
    });

  it('a run opens an issue there, which names its own server, and the next night only counts it', async () => {
    const first = await night('night 1');
    expect(first.runner.outputs()['verdict']).toBe('divergent');
    expect(github.store.issue(1).body).toContain('(https://github.example.com/octocat/instar/actions/runs/1)');
    const second = await night('night 2');
    expect(github.store.issues).toHaveLength(1);
    expect(second.runner.summary()).toContain('known: it has an issue');
    expect(strayed).toEqual([]);
    expect(first.stdout + second.stdout).not.toMatch(/::(warning|error)::.*(history|cache)/i);
    github.expectSound();
  });
});
