import { describe, expect, it } from 'vitest';
import { sameToThirdReader } from '../../src/oracles/third-reader.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

/** What the oracle makes of what a reader says of either side's qcow2 image, and of the code with which it ends at the subject's. */
function judged(subject: string, reference: string, code = 0) {
  const bench = benchWith({
    has: () => true,
    ask: async ({ side }) => (side === 'subject' ? ended(code, subject) : ended(0, reference)),
  });
  const outputs = [{ path: 'out.qcow2', format: 'qcow2' }];
  return sameToThirdReader(observed({ operation: 'create', outputs, bench }));
}

const told = (size: string) =>
  `QEMU Copy-On-Write image information:\n\tFormat version\t\t: 3\n\tMedia size\t\t: ${size}\n\n`;

describe('a third reader', () => {
  it('tells sizes in words and without', async () => {
    expect(await judged(told('64 MiB (67108864 bytes)'), told('67108864 bytes'))).toBeUndefined();
    expect(await judged(told('64 MiB (67108864 bytes)'), told('32 MiB (33554432 bytes)'))).toMatchObject({
      kind: 'size',
      ...{ subject: 67108864, reference: 33554432 },
    });
  });

  it('that cannot read the subject’s image is named', async () => {
    const finding = { kind: 'unreadable', file: 'out.qcow2', message: 'no image', reader: 'qcowinfo' };
    expect(await judged('no image', told('67108864 bytes'), 1)).toMatchObject(finding);
  });

  it.each([['nothing of a size'], ['Media size: '.repeat(20_000)], [told(`${'9'.repeat(400)} bytes`)]])(
    'that says no size says nothing against the subject (%#)',
    async (said) => expect(await judged(said, told('67108864 bytes'))).toBeUndefined(),
  );
});
