import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, PAGES } from '../support/pages.ts';
import { type Step, workflowsIn } from '../support/workflows.ts';

/** The file that is fuzzed in all that is shown. It loads others from its own directory. */
const EXECUTABLE = /^(.*\/)?instar$/;

/** What each artifact of a workflow, or of a part of one, is made of: the lines of its `path`. */
function artifactsIn(text: string): string[][] {
  return stepsIn(parse(text))
    .filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'))
    .map((step) => String(step.with?.['path']).trim().split('\n'));
}

/** All steps, however deep they stand. */
function stepsIn(node: unknown): Step[] {
  if (typeof node !== 'object' || node === null) return [];
  return 'uses' in node ? [node as Step] : Object.values(node).flatMap((part) => stepsIn(part));
}

/** The executables of an artifact that lacks what lies beside them. */
function lonely(paths: readonly string[]): string[] {
  return paths.filter((path) => EXECUTABLE.test(path) && !paths.includes(path.replace(EXECUTABLE, '$1*.bin')));
}

const shown = [
  ...workflowsIn('examples').map(({ file, text }) => ({ file, text })),
  ...workflowsIn('.github/workflows').map(({ file, text }) => ({ file, text })),
  ...PAGES.flatMap((file) => blocksOf(file, 'yaml').map((text) => ({ file, text }))),
];

describe('an artifact that passes the subject on', () => {
  it.each(shown)('never holds the executable alone: $file', ({ text }) => {
    expect(artifactsIn(text).flatMap(lonely)).toEqual([]);
  });

  it('is shown on the page about many machines, and in its example', () => {
    const withSubject = shown.filter(({ text }) =>
      artifactsIn(text).some((paths) => paths.some((path) => EXECUTABLE.test(path))),
    );
    expect(withSubject.map(({ file }) => file).toSorted()).toEqual(['docs/scaling.md', 'examples/sharded-nightly.yml']);
  });

  it('would be told where it lacks what lies beside the executable', () => {
    expect(lonely(['build/instar'])).toEqual(['build/instar']);
    expect(lonely(['build/instar', 'other/*.bin'])).toEqual(['build/instar']);
    expect(lonely(['build/instar', 'build/*.bin'])).toEqual([]);
  });
});
