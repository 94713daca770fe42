import { describe, expect, it } from 'vitest';
import { BODY_CHARACTERS, bodyOf, regressionComment, titleOf } from '../../src/github/body.ts';
import { storedPlan } from '../../src/github/body-plan.ts';
import { countLine, withState } from '../../src/github/count.ts';
import { readMarker } from '../../src/github/marker.ts';
import type { Bug } from '../../src/triage/bug.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { bug, findingsWith, plan, runOf } from '../support/bugs.ts';
import { HOSTILE } from '../support/hostile.ts';
import { parse, treeOf } from '../support/markdown.ts';

/** A bug whose every text comes from the subject. */
function hostileBug(text: string, finding: Finding = findingsWith(text).exit): Bug {
  const seed = { ...plan, seed: text };
  return bug('a', { finding, plan: seed, reproducer: `#!/bin/sh\n# ${text}\n`, sightings: [{ seed: text, index: 7 }] });
}

const hostileRun = (text: string) =>
  runOf('11', {
    seed: text,
    program: text,
    drawnWith: ['--gaps-file', text],
    subjectVersion: text,
    referenceVersion: text,
    image: text,
    inImage: text,
  });

/** What a harmless subject's bug looks like, by the kind of its finding. */
const harmless = new Map(
  Object.entries(findingsWith('word')).map(([kind, finding]) => {
    const word = hostileBug('word', finding);
    return [
      kind,
      { body: treeOf(bodyOf(word, hostileRun('word'))), comment: treeOf(regressionComment(word, hostileRun('word'))) },
    ];
  }),
);

function unreadable(file: string): Finding {
  return { type: 'x', operation: 'convert', step: 1, kind: 'unreadable', file, message: '' };
}

describe('an issue about a hostile subject', () => {
  it.each(Object.entries(HOSTILE))('has the body of a harmless one around its code: %s', (_, text) => {
    for (const [kind, finding] of Object.entries(findingsWith(text))) {
      const body = bodyOf(hostileBug(text, finding), hostileRun(text));
      expect(body).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|##\[/u);
      const comment = regressionComment(hostileBug(text, finding), hostileRun(text));
      expect({ body: treeOf(body), comment: treeOf(comment) }).toEqual(harmless.get(kind));
    }
  });

  it.each(Object.entries(HOSTILE))('has a title in which nothing acts: %s', (_, text) => {
    for (const finding of Object.values(findingsWith(text))) {
      const title = titleOf(hostileBug(text, finding));
      const { children } = parse(title);
      expect(children).toHaveLength(1);
      const [paragraph] = children;
      expect(paragraph).toMatchObject({ type: 'paragraph', children: [{ type: 'text' }] });
      expect(title).not.toMatch(/@[\w]|#\d|\bgh-\d|:\/\/|\bwww\.|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b/i);
      expect(title).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u);
      expect(title.length).toBeLessThanOrEqual(200);
    }
  });

  it.each(Object.entries(HOSTILE))('keeps marker, count line and plan its own: %s', (_, text) => {
    const hostile = hostileBug(text);
    const body = bodyOf(hostile, hostileRun(text));
    const marker = readMarker(body);
    expect(marker?.fingerprint).toBe('a'.repeat(16));
    expect(storedPlan(body)).toEqual({ ...plan, seed: JSON.parse(JSON.stringify(text)) });
    if (marker === undefined) return;
    const state = { ...marker.state, sightings: 5 };
    const counted = withState(body, { ...marker, state }, 'https://github.example/run');
    expect(treeOf(counted)).not.toEqual(treeOf(body));
    expect(counted.split('\n').filter((line) => line === countLine(state, 'https://github.example/run'))).toHaveLength(
      1,
    );
    expect(counted.split('\n').length).toBe(body.split('\n').length);
  });
});

describe('a title', () => {
  it('says the symptom in words, without a seed', () => {
    expect(titleOf(bug('a'))).toBe('commit: a guest reads other data from base.raw at 0x10000');
    const traits = ['clusterSize=512', 'format=qcow2'];
    expect(titleOf(bug('a', { traits }))).toMatch(/ \(clusterSize=512, format=qcow2\)$/);
  });

  it('leaves what people write alone', () => {
    const file = 'a_b-1.qcow2 (16777216 bytes), defaced: 0xdeadbeef';
    const title = titleOf(bug('a', { finding: unreadable(file) }));
    expect(title).toContain(file);
  });

  it('is cut between characters', () => {
    for (const before of [0, 1]) {
      const file = `${'x'.repeat(before)}${'😀'.repeat(500)}`;
      const title = titleOf(bug('a', { finding: unreadable(file) }));
      expect(title.length).toBeLessThanOrEqual(200);
      expect(title).not.toMatch(/\p{Cs}/u);
    }
  });
});

describe('a body', () => {
  const body = bodyOf(bug('a'), runOf('11'));

  it('draws the iteration again as this run drew it, and none that this run did not draw', () => {
    expect(body).toContain('script/fuzz replay ab12/7 --instar');
    const narrow = runOf('11', { drawnWith: ['--operations', 'commit,rebase'] });
    expect(bodyOf(bug('a'), narrow)).toContain('script/fuzz replay ab12/7 --operations commit,rebase --instar');
    expect(bodyOf(bug('a'), runOf('11', { seed: 'another' }))).not.toContain('ab12/7');
  });

  it('says first what differs, then shows how, and where it was seen', () => {
    const lines = body.split('\n');
    expect(lines[0]).toContain('"fingerprint":"aaaaaaaaaaaaaaaa"');
    expect(lines[2]).toMatch(/^A guest reads other data/);
    for (const text of [
      'instar 0.1',
      'qemu-img version 10.0.13',
      'seed `ab12`, iteration 7',
      'owner/action@0123abc',
      bug('a').reproducer,
    ]) {
      expect(body).toContain(text);
    }
    expect(body).toContain(
      '- seen once, first on 2026-11-11, last on 2026-11-11 in [this run](https://github.example/',
    );
  });

  describe.each([
    ['the step into a known gap', '42/canary/resize-backing', 'by stepping into the known gap `resize-backing`, ', 0],
    ['an earlier run', '42', 'by an earlier run: seed `42`, iteration 7; still there in ', 1],
  ])('of a bug that came from %s', (_, seed, words, sightings) => {
    const carried = bug('a', { plan: { ...plan, seed }, sightings: [] });
    const text = bodyOf(carried, runOf('11'));

    it('says so, and names no iteration of this run', () => {
      expect(text).toContain(`- ${words}[this run](https://github.example/`);
      expect(text).not.toContain(`script/fuzz replay ${seed}`);
      expect(regressionComment(carried, runOf('11'))).toContain(`- ${words}`);
    });

    it('counts no iteration that did not show it', () => {
      const marker = readMarker(text);
      expect(marker?.state.sightings).toBe(sightings);
      if (marker === undefined) return;
      const state = { ...marker.state, sightings: 2 };
      const counted = withState(text, { ...marker, state }, 'https://github.example/run');
      expect(counted.split('\n').filter((line) => line.startsWith('- seen '))).toEqual([
        countLine(state, 'https://github.example/run'),
      ]);
    });
  });

  it('says what can be done with it', () => {
    expect(body).toMatch(
      /^- seen once.*\n\nClose it as completed once .* Keep the hidden first line\.\n\n### Reproducer$/m,
    );
  });

  it('says how the script is run in the image that the run used, where it used one', () => {
    expect(body).not.toContain('Without these tools');
    const inImage = 'docker run --rm instar-build /here/repro.sh';
    const text = bodyOf(bug('a'), runOf('11', { inImage }));
    expect(text).toContain(
      `Without these tools: build or pull the image of the run as its workflow does, put \`repro.sh\` into the directory that holds the subject and its files, and run this there:\n\n\`\`\`sh\n${inImage}\n`,
    );
  });

  it('does not publish a script that did not show the bug', () => {
    const text = bodyOf(bug('a', { reproduced: false }), runOf('11'));
    expect(text).not.toContain('$INSTAR');
    expect(text).toContain('None: run on its own, the script did not show the difference.');
  });

  it('cuts a long script in the middle, on lines, and names the report', () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `echo line ${at}`);
    const text = bodyOf(bug('a', { reproducer: lines.join('\n') }), runOf('11'));
    expect(text).toContain(
      '`bugs/aaaaaaaaaaaaaaaa/repro.sh` in the report, where the workflow of [this run](https://github.example/',
    );
    expect(text).toContain('echo line 0\n');
    expect(text).toContain('echo line 2999\n');
    expect(text).toMatch(/\necho line \d+\n# … \d+ characters are left out here …\necho line \d+\n/);
  });

  describe.each(['x', '`', '|', '\u0000', '😀', '\n', '\u202e', '"', '\\', '\n```\n'])(
    'with twice what a body may hold of %j',
    (unit) => {
      const text = unit.repeat((2 * BODY_CHARACTERS) / unit.length);
      it.each(Object.values(findingsWith(text)))('stays within its bound: $kind', (finding) => {
        const hostile = hostileBug(text, finding);
        for (const markdown of [bodyOf(hostile, hostileRun(text)), regressionComment(hostile, hostileRun(text))]) {
          expect(markdown.length).toBeGreaterThan(100);
          expect(markdown.length).toBeLessThan(BODY_CHARACTERS);
          expect(markdown).not.toMatch(/\p{Cs}/u);
        }
        expect(titleOf(hostile).length).toBeLessThanOrEqual(200);
      });
    },
  );

  it('gets no count line again that somebody removed, not even one that a script shows', () => {
    const fake = countLine({ sightings: 9, first: '2026-01-01', last: '2026-01-01', run: '1', nights: 0 }, 'x');
    const text = bodyOf(bug('a', { reproducer: `#!/bin/sh\n${fake}\n` }), runOf('11')).replace(/^- seen once.*\n/m, '');
    const marker = readMarker(text);
    expect(marker && withState(text, marker, 'https://github.example/run')).toBe(text);
  });

  it('gives back no plan where there is none at its end', () => {
    expect(storedPlan('')).toBeUndefined();
    expect(storedPlan(`${body}\n\nA note by a person`)).toBeUndefined();
    expect(storedPlan(body.replace('"version"', 'version'))).toBeUndefined();
    expect(storedPlan(body.replaceAll('\n', '\r\n'))).toEqual(plan);
  });
});
