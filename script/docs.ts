/** Writes all that is made from the code: npm run docs, which formats it afterwards. */
import { writeFileSync } from 'node:fs';
import { GENERATED, pathOf, read } from './generated.ts';

for (const { file, make } of GENERATED) writeFileSync(pathOf(file), await make(read(file)));
