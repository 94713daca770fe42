// Makes the pictures of docs/report.md from records in __tests__/fixtures/records, in a real browser: npm run docs:screenshots
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser, openFile } from '../__tests__/support/browser.ts';
import { FILES } from '../src/report/record.ts';
import { reportOn } from '../src/session/session.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A picture: of which record, and in what kind of window. */
const PICTURES = [
  { name: 'light', record: 'one-bug', colorScheme: 'light', width: 1200, height: 1180 },
  { name: 'dark', record: 'one-bug', colorScheme: 'dark', width: 1200, height: 1180 },
  { name: 'phone', record: 'one-bug', colorScheme: 'light', width: 375, height: 1100 },
  { name: 'nothing-found', record: 'nothing', colorScheme: 'light', width: 1200, height: 1150 },
  { name: '30-findings', record: 'many-findings', colorScheme: 'light', width: 1200, height: 1400 },
] as const;

const browser = await launchBrowser();
const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
for (const { name, record, colorScheme, width, height } of PICTURES) {
  const report = join(directory, name);
  cpSync(join(root, '__tests__/fixtures/records', record), report, { recursive: true });
  reportOn(report, { warn: (words) => console.error(words) });
  const url = pathToFileURL(join(report, FILES.page)).href;
  const { page } = await openFile(browser, url, { colorScheme, viewport: { width, height } });
  // Of many findings the list is what is to be seen.
  if (name === '30-findings') await page.locator('.finding h3 button').first().click();
  await page.screenshot({ path: join(root, `docs/report-${name}.png`) });
}
await browser.close();
