import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.ts';
import { manyBugs } from '../support/page-data.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** How much the browser has laid out: what a page costs, whatever the machine. */
async function laidOut(page: Page) {
  const count = async (selector: string) => await page.locator(selector).count();
  return { findings: await count('.finding'), details: await count('.details'), nodes: await count('*') };
}

describe('with more than a thousand findings', () => {
  it('the page stays below 2 MB', async () => {
    const data = manyBugs();
    expect(data.findings).toHaveLength(1000);
    const { page } = await openReport(browser, data);
    const { size } = statSync(fileURLToPath(page.url()));
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThan(2_000_000);
    expect(await page.getByText('more findings have no room here').textContent()).toContain('200');
  });

  it('it opens with no more work than with a hundred, and lists them when it is asked to', async () => {
    const { page: small } = await openReport(browser, manyBugs(100));
    const few = await laidOut(small);
    const { page } = await openReport(browser, manyBugs());
    const opened = await laidOut(page);
    expect([few.findings, few.details]).toEqual([100, 1]);
    expect([opened.findings, opened.details]).toEqual([100, 1]);
    // The button for the others and what is said of them, but nothing for each.
    expect(opened.nodes - few.nodes).toBeLessThan(50);
    await page.getByRole('button', { name: 'List all 1,000' }).click();
    expect(await laidOut(page)).toMatchObject({ findings: 1000, details: 1 });
  });

  it('it can be narrowed down', async () => {
    const { page } = await openReport(browser, manyBugs());
    await page.getByLabel('text', { exact: true }).fill('000000000000002a');
    expect(await page.locator('.finding .title').allInnerTexts()).toHaveLength(1);
  });
});
