import { describe, expect, it } from 'vitest';
import { bothOf, lengthIn, writingOf } from '../../src/execution/qemu-io.ts';

describe('a qemu-io command said to one that stays', () => {
  it('opens the image by its whole path, does what was asked, and closes it', () => {
    expect(writingOf(['-f', 'qcow2', '-c', 'write -q -P 1 0 512', '-c', 'discard -q 0 64k', 'a.img'], '/x/1')).toEqual({
      images: [{ format: 'qcow2', path: '/x/1/a.img' }],
      commands: ['open -o driver=qcow2 /x/1/a.img', 'write -q -P 1 0 512', 'discard -q 0 64k', 'close'],
    });
  });

  it('takes data from a file by its whole path', () => {
    const writes = [
      'write -q -c -s ../../noise/1-incompressible 0 65536',
      'write -q -s ../../noise/2-incompressible 5 1',
    ];
    const args = ['-f', 'qcow2', ...writes.flatMap((command) => ['-c', command]), 'a.img'];
    expect(writingOf(args, '/x/fixture/step1')?.commands.slice(1, -1)).toEqual([
      'write -q -c -s /x/noise/1-incompressible 0 65536',
      'write -q -s /x/noise/2-incompressible 5 1',
    ]);
  });

  it('may open one image after the other', () => {
    const commands = ['open -o driver=raw a', 'write -q 0 1', 'close', 'open -o driver=qcow2 b', 'close'];
    const args = commands.flatMap((command) => ['-c', command]);
    expect(writingOf(args, '/x')?.images).toEqual([
      { format: 'raw', path: '/x/a' },
      { format: 'qcow2', path: '/x/b' },
    ]);
  });

  it.each([
    ['names no image', ['-c', 'write 0 1']],
    ['opens one in another way', ['-c', 'open -r a.img', '-c', 'close']],
    ['opens a file whose name is more than one word', ['-f', 'raw', '-c', 'write 0 1', 'a b.img']],
  ])('is left to a fresh process where it %s', (_, args) => {
    expect(writingOf(args, '/x')).toBeUndefined();
  });

  it('is left to a fresh process in a directory whose name means something', () => {
    const args = ['-f', 'raw', '-c', 'write 0 1', 'a.img'];
    expect(writingOf(args, '/x y')).toBeUndefined();
    expect(bothOf(['compare', '-f', 'raw', '-F', 'raw', 'a', 'b'], '/x,y')).toBeUndefined();
  });
});

describe('both images of a comparison', () => {
  it('are the children of one node, by their whole paths and formats', () => {
    expect(bothOf(['compare', '-f', 'vmdk', '-F', 'raw', 's/a', 'r/b'], '/x')).toBe(
      'driver=quorum,vote-threshold=2,' +
        'children.0.driver=vmdk,children.0.file.driver=file,children.0.file.filename=/x/s/a,' +
        'children.1.driver=raw,children.1.file.driver=file,children.1.file.filename=/x/r/b',
    );
  });

  it('may be parts of disks, or nothing but zeros', () => {
    const part = 'driver=raw,size=512,file.driver=qcow2,file.file.driver=file,file.file.filename=s/a';
    expect(bothOf(['compare', '--image-opts', 'driver=null-co,size=512,read-zeroes=on', part], '/x')).toBe(
      'driver=quorum,vote-threshold=2,children.0.driver=null-co,children.0.size=512,children.0.read-zeroes=on,' +
        'children.1.driver=raw,children.1.size=512,children.1.file.driver=qcow2,' +
        'children.1.file.file.driver=file,children.1.file.file.filename=/x/s/a',
    );
  });

  it('are left to a fresh process where the words say more', () => {
    expect(bothOf(['compare', '-s', '-f', 'raw', '-F', 'raw', 'a', 'b'], '/x')).toBeUndefined();
    expect(bothOf(['compare', 'a', 'b'], '/x')).toBeUndefined();
  });
});

describe('the length of an open image', () => {
  it('is where its last extent ends', () => {
    const map =
      '64 KiB (0x10000) bytes     allocated at offset 0 bytes (0x0)\n' +
      '960.500 KiB (0xf0200) bytes not allocated at offset 64 KiB (0x10000)\n';
    expect(lengthIn(map)).toBe(1024 * 1024 + 512);
  });

  it('is not known where none is open', () => {
    expect(lengthIn("no file open, try 'help open'\n")).toBeUndefined();
  });
});
