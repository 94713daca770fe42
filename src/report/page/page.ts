import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inertJson } from '../../trust/inert.ts';
import { readText } from '../evidence.ts';
import type { Report } from '../report.ts';
import { pageDataOf } from './data.ts';
import type { PageData } from './model.ts';

/** What stands in the built page where a run's data belong; script/page.mjs puts it there. */
const PLACE = '{"report":"none"}';

/** The whole page of a report, from its record. */
export function pageOf(report: Report): string {
  const { directory } = report;
  return pageWith(pageDataOf(report, (folder) => readText(join(directory, folder, 'repro.sh'))));
}

/**
 * The page that shows these data. They go into an element that no browser takes for a program, in ASCII and with every character
 * escaped that could end it; the page's own program is let in by its hash alone.
 */
export function pageWith(data: PageData): string {
  const [before, after, ...others] = readFileSync(builtPage(), 'utf8').split(PLACE);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error('the built page has no place for data');
  return `${before}${inertJson(data, 0)}${after}`;
}

/** It lies beside the bundle, and where the sources are run as they are, in dist/ too. */
function builtPage(): string {
  const beside = fileURLToPath(new URL('./report.html', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../dist/report.html', import.meta.url));
}
