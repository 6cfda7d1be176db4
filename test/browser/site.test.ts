import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDataset, selectSplit } from '../../src/node.js';
import { RuntimeModel } from '../../src/runtime.js';
import { launchChromium } from '../support/chromium.js';
import { describeWith } from '../support/tools.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const site = mkdtempSync(join(tmpdir(), 'anyrate-site-'));
afterAll(() => rmSync(site, { recursive: true }));

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build-docs.js', site], { cwd: ROOT, stdio: 'pipe' }); // fails on a warning
}, 240_000);

test('every link and picture of every page leads to a file of the site', () => {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
  expect(pages).toEqual(expect.arrayContaining(['index.html', 'docs/runtime.html', 'docs/results/bench.html']));
  const broken = pages.flatMap((page) =>
    targetsOf(page)
      .filter((target) => !isFile(join(site, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

/** Addresses of a page without a host, from its folder. */
function targetsOf(page: string): string[] {
  const text = readFileSync(join(site, page), 'utf8').replaceAll(/<script\b.*?<\/script>/gs, '');
  const addresses = [...text.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
  const paths = addresses
    .filter((address) => !/^([a-z]+:|#|$)/.test(address))
    .map((address) => address.split(/[?#]/)[0]);
  return [...new Set(paths)].map(decodeURIComponent);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

describeWith('Chromium', 'the site in a browser, from file://', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(path: string) {
    const page = await (await browser.newContext()).newPage();
    const [elsewhere, errors] = [[], []] as string[][];
    const here = String(pathToFileURL(site));
    page.on('request', (request) => request.url().startsWith(here) || elsewhere.push(request.url().slice(0, 100)));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(String(pathToFileURL(join(site, path))));
    return { page, elsewhere, errors };
  }

  test('the page in a document answers as the runtime does, and asks no other host for anything', async () => {
    const { page, elsewhere, errors } = await open('docs/runtime.html');
    const frame = page.frameLocator('iframe');
    const runtime = new RuntimeModel(readFileSync(join(ROOT, 'examples/irds.anyrate')));
    const dataset = await loadDataset('irds');
    const recording = dataset.samples[selectSplit(dataset).test[0]];
    for (const [button, rate] of [
      ['90 %', 0.9],
      ['99.5 %', 0.995],
    ] as const) {
      await frame.getByRole('button', { name: button, exact: true }).click();
      const { name, probability } = runtime.view(rate).predict(recording);
      expect(await frame.locator('.answer').textContent()).toBe(`${name}${(100 * probability).toFixed(1)} %`);
    }
    expect({ elsewhere, errors }).toEqual({ elsewhere: [], errors: [] });
  }, 60_000);

  test('its search finds what is said in documents, and names', async () => {
    const { page, errors } = await open('index.html');
    const found = async (words: string) => {
      await page.keyboard.press('/');
      await page.locator('#tsd-search-input').fill(words);
      await page.waitForFunction(
        (wanted) => document.querySelector('#tsd-search-results')?.textContent?.includes(wanted),
        words === 'createTraining' ? 'createTraining' : 'The runtime',
      );
      await page.keyboard.press('Escape');
    };
    await found('createTraining');
    await found('prefixes');
    expect(errors).toEqual([]);
  }, 60_000);
});
