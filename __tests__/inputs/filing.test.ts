import { describe, expect, it } from 'vitest';
import { type FilingInputName, readFiling } from '../../src/inputs/filing.ts';

const read = (name: FilingInputName, text: string) => readFiling((one) => (one === name ? text : ''));

describe('sarif-paths', () => {
  it('names a path for each operation', () => {
    const given = read('sarif-paths', 'convert=src/convert.rs\n\n  commit=src/b lock.rs  \n');
    const paths = new Map([
      ['convert', 'src/convert.rs'],
      ['commit', 'src/b lock.rs'],
    ]);
    expect(given).toMatchObject({ filing: { 'sarif-paths': paths } });
    expect(read('sarif-paths', '')).toMatchObject({ filing: { 'sarif-paths': new Map() } });
  });

  it.each([
    ['convert', 'is not of the form operation=path. Operations are amend, bitmap, check,'],
    ['=src/x.rs', 'is not of the form operation=path.'],
    ['format=src/x.rs', 'is not of the form operation=path.'],
    ['convert=', 'is not of the form operation=path.'],
    ['convert=/etc/passwd', 'is not a valid path below the repository.'],
    ['convert=src/../../x', 'is not a valid path below the repository.'],
    ['convert=https://evil.example/x', 'is not a valid path below the repository.'],
    ['convert=src\\x.rs', 'is not a valid path below the repository.'],
    ['convert=src/\u202ex', 'is not a valid path below the repository.'],
    ['convert=a\nconvert=b', '"convert=b" names a second path for convert.'],
  ])('refuses %j and says why', (text, words) => {
    const problems = [expect.stringContaining(words)];
    expect(read('sarif-paths', text)).toEqual({ problems });
  });
});
