/** Checks that a tag can be released and prints its notes: npm run --silent release:notes -- v1.2.3 */
import { notesOf } from './changelog.ts';
import { read } from './generated.ts';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json')) as { version: string };
const notes = notesOf(read('CHANGELOG.md'), tag, version);
if (notes.kind === 'refused') {
  console.error(notes.reason);
  process.exitCode = 1;
} else console.log(notes.text);
