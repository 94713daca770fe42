import { describe, expect, it } from 'vitest';
import { create } from '../../src/operations/create.ts';
import type { Preparation } from '../../src/operations/operation.ts';
import { fieldsOf } from '../../src/operations/parts/fields.ts';
import { sourceFiles } from '../../src/operations/parts/fixture.ts';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const layout = plainQcow2(64 * KiB);
const writes: Write[] = [{ kind: 'data', offset: 0, length: 512, byte: 1 }];
const source: Source & { format: 'qcow2' } = {
  ...{ format: 'qcow2', ...layout, size: MiB, pattern: 'rich', writes: [] },
  ...{ history: { kind: 'created' }, backing: [] },
};
const created = (preparations: readonly Preparation[]) =>
  preparations.flatMap((step) => ('args' in step && step.args[0] === 'create' ? step.args.join(' ') : []));

describe('an image of another format below a qcow2 one', () => {
  it.each([
    ['vmdk', 'create -q -f vmdk back1.img 1049088'],
    ['vpc', 'create -q -f vpc -o force_size=on back1.img 1049088'],
    ['vhdx', 'create -q -f vhdx back1.img 1049088'],
  ] as const)('is made with the very size, recorded, and left alone: %s', (format, made) => {
    const chain: Source = { ...source, backing: [{ format, size: MiB + 512, writes }] };
    expect(created(buildSource(chain))).toEqual([
      made,
      `create -q -f qcow2 -o cluster_size=65536 -b back1.img -F ${format} source.img 1M`,
    ]);
    expect(sourceFiles(chain)).toContainEqual({ path: 'back1.img', format });
  });

  it('can be named by its format in a gap of one’s own', () => {
    const formats = ['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx'];
    expect(fieldsOf('convert').get('source.backing')?.words).toEqual(formats);
    expect(fieldsOf('create').get('options.backing.format')?.words).toEqual(formats);
  });

  it('may give a new overlay its size, and is read through that by others', () => {
    const backing = { format: 'vhdx', size: 4 * MiB, writes, givesSize: true };
    const options = { format: 'qcow2', ...layout, size: MiB, backing };
    const { prepare, subject, inputs } = create.script(options, { source, position: 1, dialect: 'qemu-img' });
    expect(created(prepare)).toEqual(['create -q -f vhdx below.vhdx 4M']);
    expect(subject.join(' ')).toBe('create -q -f qcow2 -o cluster_size=65536 -b below.vhdx -F vhdx new.qcow2');
    expect(inputs).toEqual([{ path: 'below.vhdx', format: 'vhdx' }]);
    expect(create.nature.leaves?.(options, source)).toMatchObject({ backing: [{ format: 'vhdx', size: 4 * MiB }] });
  });

  it('is of each format in some new overlays, of which a vmdk stands on its own alone', () => {
    const planOf = plansOf('foreign', ['create']);
    const drawn = Array.from({ length: 300 }, (_, index) => planOf(index)).flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'run' && step.options['backing'] ? [step.options] : [])),
    );
    const below = (format: string) =>
      new Set(drawn.flatMap((one) => (one['format'] === format ? [(one['backing'] as Source).format] : [])));
    expect(below('qcow2')).toEqual(new Set(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx']));
    expect(below('vmdk')).toEqual(new Set(['vmdk']));
  });
});
