// Every operation there is: a new one is its file and a line here.
export { amend } from './amend.ts';
export { bitmap } from './bitmap.ts';
export { check } from './check.ts';
export { commit } from './commit.ts';
export { compare } from './compare.ts';
export { convert } from './convert.ts';
export { convertCompressed } from './convert-compressed.ts';
export { create } from './create.ts';
export { dd } from './dd.ts';
export { info } from './info.ts';
export { map } from './map.ts';
export { measure } from './measure.ts';
export { rebase } from './rebase.ts';
export { repair } from './repair.ts';
export { resize } from './resize.ts';
export { snapshot } from './snapshot.ts';
