import { accessSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { PageData } from '../../src/report/page/model.ts';
import { pageWith } from '../../src/report/page/page.ts';
import { newDirectory } from './cli.ts';

/** Debian's name, and those of the machines that have another browser of the kind. */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable'];

/** Starts the browser of this machine. Throws where there is none: nothing is skipped. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['FUZZ_TEST_BROWSER'] ?? NAMES.flatMap(inPath)[0];
  if (executablePath === undefined) {
    throw new Error(
      `No browser: install the package chromium, or name one in FUZZ_TEST_BROWSER. Looked for ${NAMES.join(', ')}.`,
    );
  }
  // Its sandbox refuses to be root's; what is opened is our own page.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

function inPath(name: string): string[] {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, name));
  return paths.filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A page that was opened, and what it did that it should not have. */
export interface Opened {
  readonly page: Page;
  /** Messages of the console, errors, dialogs and requests other than for the file itself. */
  readonly incidents: string[];
}

/** Opens the report of these data as a file, in a window of its own. */
export async function openReport(
  browser: Browser,
  data: PageData,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const path = join(newDirectory(), 'report.html');
  writeFileSync(path, pageWith(data));
  return openFile(browser, pathToFileURL(path).href, options);
}

/** Opens a file, in a window of its own. */
export async function openFile(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const incidents: string[] = [];
  page.on('console', (message) => incidents.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (request.url() !== url) incidents.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, incidents };
}
