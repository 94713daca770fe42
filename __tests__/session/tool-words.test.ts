import { expect, it } from 'vitest';
import type { Tools } from '../../src/execution/tools.ts';
import { toolWords } from '../../src/session/tool-words.ts';

it('tells the versions of both tools on a line each, whatever they call themselves, and that qemu-io is missing', () => {
  const tools = { subjectVersion: 'instar 0.1\n::error::no', referenceVersion: 'qemu-img version 10', hasQemuIo: true };
  const versions = [expect.stringMatching(/^Subject: +instar 0\.1\S*::error::no$/), 'Reference: qemu-img version 10'];
  expect(toolWords(tools as Tools)).toEqual(versions);
  const without = toolWords({ ...tools, hasQemuIo: false } as Tools);
  expect(without).toEqual([...versions, expect.stringContaining('qemu-io is missing')]);
});
