import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type Opened, openReport } from '../support/browser.ts';
import { HOSTILE } from '../support/hostile.ts';
import { dataOfAll, dataWith, manifoldData, SCRIPT } from '../support/page-data.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = (data = manifoldData(), options: BrowserContextOptions = {}) => openReport(browser, data, options);
const shownTitles = ({ page }: Opened) => page.locator('.finding .title').allInnerTexts();

describe('report.html', () => {
  it('opens from a file without a message, an error or a request, and says the verdict first', async () => {
    const opened = await open();
    expect(await opened.page.locator('h1').textContent()).toMatch(
      /^The subject diverges from the reference: \d+ bugs, \d+ findings not reduced to bugs$/,
    );
    expect(await opened.page.locator('header').textContent()).toContain(
      '80 ok · 15 divergent · 5 inconclusive of 100 iterations',
    );
    expect(await opened.page.locator('h2').allInnerTexts()).toEqual([
      'Findings',
      'Operations',
      'Time by phase',
      'Coverage of option pairs',
      'Trend',
      'The run',
    ]);
    expect(opened.incidents).toEqual([]);
  });

  it('says in so many words that nothing was found', async () => {
    const opened = await open(dataWith({}));
    expect(await opened.page.locator('h1').textContent()).toBe('No divergence');
    expect(await opened.page.locator('.nothing').textContent()).toContain('Nothing was found');
    expect(opened.incidents).toEqual([]);
  });

  it('says where to look when scripts are off', async () => {
    const { page } = await open(manifoldData(), { javaScriptEnabled: false });
    expect(await page.getByText('summary.md').isVisible()).toBe(true);
  });

  it('shows both sides of the worst finding at once, the differing bytes marked, and the disk', async () => {
    const { page } = await open();
    const worst = page.locator('.finding').first();
    expect(await worst.locator('.severity').first().textContent()).toBe('data-loss');
    const [expected, got] = await worst.locator('.hex pre').all();
    expect(await expected?.textContent()).toContain('00080000  ab ab');
    expect(await got?.textContent()).toContain('00080000  00 00');
    expect((await expected?.locator('mark').allInnerTexts())?.filter((text) => text === 'ab')).toHaveLength(224);
    expect(await worst.locator('.disk svg').getAttribute('aria-label')).toContain('0x80000–0x100000');
    expect(await worst.locator('.disk figcaption').textContent()).toContain(
      'The data differs in 1 range: 0x80000–0x100000',
    );
    expect(await worst.getByRole('link').getAttribute('href')).toMatch(/^https:/);
  });

  it('opens and closes the details of a finding', async () => {
    const { page } = await open();
    const second = page.locator('.finding').nth(1);
    expect(await second.locator('.details').count()).toBe(0);
    await second.getByRole('button').first().click();
    expect(await second.locator('.details').count()).toBe(1);
    await second.getByRole('button').first().press('Enter');
    expect(await second.locator('.details').count()).toBe(0);
  });

  it('opens with the bug that its address names', async () => {
    const { page } = await open();
    const id = '0000000000000007';
    await page.goto(`${page.url()}#${id}`);
    await page.reload();
    expect(await page.locator(`[id="${id}"] .details`).count()).toBe(1);
    expect(await page.locator('.details').count()).toBe(1);
  });

  it('narrows the findings down by operation, severity, standing and text', async () => {
    const opened = await open();
    const { page } = opened;
    const count = async () => (await shownTitles(opened)).length;
    expect(await count()).toBe(30);
    await page.getByLabel('severity').selectOption('crash');
    expect(await count()).toBe(3);
    await page.getByLabel('operation').first().selectOption('info');
    expect(await count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe('1 of 30 findings');
    await page.getByLabel('severity').selectOption('all');
    await page.getByLabel('operation').first().selectOption('all');
    await page.getByLabel('standing').selectOption('regression');
    expect(await count()).toBeGreaterThan(0);
    await page.getByLabel('standing').selectOption('all');
    await page.getByLabel('text', { exact: true }).fill('TOUCHED by nobody');
    expect(await count()).toBe(0);
    await page.getByLabel('text', { exact: true }).fill('CRASHED');
    expect(await count()).toBe(3);
  });

  it('copies the reproducer as it is, and selects it where the clipboard is closed', async () => {
    const { page } = await open(manifoldData(), { permissions: ['clipboard-read', 'clipboard-write'] });
    const button = page.getByRole('button', { name: 'The script that shows it' }).first();
    await button.click();
    await button.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(SCRIPT);
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error())');
    await button.click();
    await button.getByText('Selected').waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe(SCRIPT.trimEnd());
  });

  it('counts pairs of options in numbers, the operation and the options as chosen', async () => {
    const { page } = await open();
    const table = page.locator('table.pairs');
    expect(await table.locator('tbody tr').allTextContents()).toEqual(['raw21', 'qcow200']);
    expect(await page.locator('.heat .scrolls .heat-0').count()).toBe(2);
    await page.locator('.heat .scrolls .heat-2').hover();
    expect(await page.locator('.pointed').textContent()).toBe('format = raw with size = whole MiB: 2 ×');
  });
});

describe('its policy', () => {
  it('lets no script, style, image or request in that is put into the page', async () => {
    const { page } = await open();
    const outcome = await page.evaluate(`(async () => {
      const broken = [];
      document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
      const add = (name, members) => document.body.append(Object.assign(document.createElement(name), members));
      add('script', { textContent: 'window.acted = true' });
      add('style', { textContent: 'h1 { color: rgb(1, 2, 3) }' });
      add('img', { src: 'https://evil.example/x.png' });
      add('iframe', { src: 'https://evil.example/' });
      document.querySelector('h1').setAttribute('style', 'color: rgb(1, 2, 3)');
      document.querySelector('h1').setAttribute('onclick', 'window.acted = true');
      document.querySelector('h1').click();
      const fetched = await fetch('https://evil.example/').then(() => true, () => false);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const colour = getComputedStyle(document.querySelector('h1')).color;
      return { acted: window.acted, fetched, colour, broken: [...new Set(broken)].sort() };
    })()`);
    expect(outcome).toMatchObject({ fetched: false, acted: undefined });
    expect((outcome as { colour: string }).colour).not.toBe('rgb(1, 2, 3)');
    expect((outcome as { broken: string[] }).broken).toEqual([
      'connect-src',
      'frame-src',
      'img-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
    ]);
  });

  it('forbids all and names its script and its style by their hashes', async () => {
    const { page } = await open();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'$/,
    );
  });
});

describe('what is hostile', () => {
  it(`stays text, ${Object.keys(HOSTILE).length} payloads in every place`, async () => {
    const elements = ({ page }: Opened) => page.evaluate(ELEMENTS);
    const plain = await open(dataOfAll(['some words']));
    await openAll(plain);
    const hostile = await open(dataOfAll(Object.values(HOSTILE)));
    await openAll(hostile);
    expect(await hostile.page.locator('.details').count()).toBe(2 * Object.keys(HOSTILE).length);
    expect(await elements(hostile)).toEqual(await elements(plain));
    expect(await hostile.page.locator('body').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(hostile.incidents).toEqual([]);
  });
});

/** The names of all elements and attributes, and where links lead. */
const ELEMENTS = `(() => {
  const all = [...document.querySelectorAll('*')];
  const names = all.flatMap((element) => [element.localName, ...element.getAttributeNames()]);
  return [[...new Set(names)].sort(), [...document.links].length, document.scripts.length];
})()`;

async function openAll({ page }: Opened): Promise<void> {
  await page.evaluate(
    `for (const button of document.querySelectorAll('.finding h3 button[aria-expanded=false]')) button.click()`,
  );
  await page.locator('.finding').last().locator('.details').waitFor();
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('it has no accessibility violation', async () => {
    const opened = await open(manifoldData(), { colorScheme });
    for (const at of [1, 2]) await opened.page.locator('.finding h3 button').nth(at).click();
    await opened.page.locator('details').evaluate((element) => element.setAttribute('open', ''));
    const { violations, passes } = await new AxeBuilder({ page: opened.page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
  });
});

describe('its forms', () => {
  it.each([375, 320])('fit a window of %i pixels without scrolling sideways', async (width) => {
    const opened = await open(manifoldData('a-word-that-nothing-breaks-'.repeat(8)), {
      viewport: { width, height: 700 },
    });
    await openAll(opened);
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('open for a printer, without what only a screen can use', async () => {
    const { page } = await open();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    await page.locator('.details').nth(29).waitFor();
    expect(await page.locator('.filters').first().isVisible()).toBe(false);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});
