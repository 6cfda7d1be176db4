import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.js';
import { formatSequenceJson } from '../../src/data/sequence-json.js';
import { cut, exportModel, loadDataset, loadModel, type Sample } from '../../src/node.js';
import { RuntimeModel } from '../../src/runtime.js';
import { launchChromium } from '../support/chromium.js';
import { describeWith } from '../support/tools.js';

const FILE = fileURLToPath(new URL('../../examples/irds.anyrate', import.meta.url));
const SERVER = fileURLToPath(new URL('../../examples/3-page/serve.js', import.meta.url));
const runtime = new RuntimeModel(readFileSync(FILE));

let browser: Browser;
let samples: Sample[];
beforeAll(async () => {
  if (!chromiumPath) return;
  browser = await launchChromium();
  const dataset = await loadDataset('irds');
  samples = dataset.splits[0].test.map((index) => dataset.samples[index]);
});
afterAll(() => browser?.close());

/** A page, what it asks of the network, and what goes wrong in it. */
async function openPage(url: string, options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const [requests, errors] = [[], []] as string[][];
  page.on('request', (request) => requests.push(`${request.url()} ${request.headers().range ?? ''}`.trim()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url);
  return { page, requests, errors };
}

const text = (page: Page, selector: string) => page.locator(selector).textContent();

/** The share of the canvas that is drawn on. */
const inkOf = (page: Page) =>
  page.locator('#stage').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 3 && value > 0).length / (data.length / 4);
  });

describeWith('Chromium', 'an exported page, from file:// and offline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-page-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  async function openExported(recording?: Sample, rate = 0.98) {
    const model = cut(loadModel(FILE), { rate });
    const options = recording === undefined ? {} : { recording: { name: '</script>', sequence: recording } };
    const { files } = await exportModel(model, 'html', options);
    const [bytes] = files;
    return openPage(String(pathToFileURL(write('page.html', bytes))), { offline: true });
  }

  test('shows what the runtime answers about the recording in it, and at a higher rate', async () => {
    const [recording] = samples;
    const { page, requests, errors } = await openExported(recording);
    expect(await text(page, '#nonzeros')).toBe('2,275');
    expect(await text(page, '#recording')).toContain('</script>');
    expect(await text(page, '.answer')).toBe(answerAt(0.98, recording));
    await page.getByRole('button', { name: '99.5 %' }).click();
    expect(await text(page, '#rate-now')).toBe('99.5 %');
    expect(await text(page, '.answer')).toBe(answerAt(0.995, recording));
    expect(await inkOf(page)).toBeGreaterThan(0.005);
    expect({ requests: requests.length, errors }).toEqual({ requests: 1, errors: [] });
  });

  test('a slider of a very sparse network stays below rate 1', async () => {
    const [recording] = samples;
    const { page, errors } = await openExported(recording, 0.999);
    await page.locator('input[type=range]').fill(String(-Math.log2(0.00025)));
    expect(await text(page, '#rate-now')).toBe('99.975 %');
    expect(await text(page, '#nonzeros')).toBe('28');
    expect(await text(page, '.answer')).toBe(answerAt(0.99975, recording));
    expect(errors).toEqual([]);
  });

  test('a network that keeps nothing answers, and its slider has nowhere to go', async () => {
    const [recording] = samples;
    const nothing = 1 - 2 ** -53;
    const { page, errors } = await openExported(recording, nothing);
    expect(await text(page, '.answer')).toBe(answerAt(nothing, recording));
    await page.locator('#rate').press('ArrowRight');
    expect(await text(page, '#nonzeros')).toBe('0');
    expect(errors).toEqual([]);
  });

  test('opens recordings in JSON with the answers of the runtime, and says what is wrong with one', async () => {
    const { page, errors } = await openExported();
    const recording = samples[700];
    await page.locator('#file').setInputFiles(write('take.json', formatSequenceJson(recording)));
    await page.waitForFunction(() => document.getElementById('recording')!.textContent!.startsWith('take.json'));
    expect(await text(page, '.answer')).toBe(answerAt(0.98, recording));
    await page.locator('#file').setInputFiles(write('bad.json', '{"frames": [[[1, 2]]]}'));
    await page.waitForSelector('#problem:not([hidden])');
    expect(await text(page, '#problem')).toMatch(
      /^bad\.json, frames\[0\]: expected a list of 25 joints, found a list of 1/,
    );
    await page.locator('#file').setInputFiles(write('short.txt', Array(75).fill('0').join(' ')));
    const isRefused = () =>
      document.getElementById('problem')!.textContent!.startsWith('short.txt, sequence: expected 2+ frames');
    await page.waitForFunction(isRefused);
    expect(errors).toEqual([]);
  });

  test('gives the runtime and the model to scripts that are added', async () => {
    const { page } = await openExported();
    const classes = await page.evaluate(
      () => (globalThis as unknown as { anyrate: { model: RuntimeModel } }).anyrate.model.classes,
    );
    expect(classes).toEqual(runtime.classes);
  });

  /** As the page shows it. */
  function answerAt(rate: number, recording: Sample): string {
    const { name, probability } = runtime.view(rate).predict(recording);
    return `${name}${(100 * probability).toFixed(1)} %`;
  }
});

describeWith('Chromium', 'the example page', () => {
  let server: ChildProcess;
  let url: string;
  beforeAll(async () => {
    server = spawn(process.execPath, [SERVER], { env: { ...process.env, PORT: '0' } });
    url = await new Promise((resolve) => server.stdout!.once('data', (line) => resolve(String(line).trim())));
  });
  afterAll(() => server.kill());

  const ready = (page: Page) => page.waitForFunction(() => /µs/.test(document.getElementById('latency')!.textContent));

  test('fetches the network to its rate, and the rest when the slider asks for it', async () => {
    const { page, requests, errors } = await openPage(url);
    await ready(page);
    const ranges = () =>
      requests.filter((request) => /irds\.anyrate/.test(request)).map((request) => request.split(' ')[1]);
    expect(ranges()).toEqual(['bytes=0-16383']);
    expect(await text(page, '#nonzeros')).toBe('2,275');
    expect(await text(page, '#bytes')).toBe(runtime.bytesAt(0.98).toLocaleString('en-US'));
    const answer = await text(page, '.answer');
    await page.getByRole('button', { name: '90 %', exact: true }).click();
    await page.waitForFunction(() => document.getElementById('nonzeros')!.textContent === '11,373');
    await page.getByRole('button', { name: '0 %', exact: true }).click();
    const all = runtime.view().nonzeros.toLocaleString('en-US');
    await page.waitForFunction((wanted) => document.getElementById('nonzeros')!.textContent === wanted, all);
    const bytes = runtime.bytesAt(0.9);
    expect(ranges()).toEqual([
      'bytes=0-16383',
      `bytes=16384-${bytes - 1}`,
      `bytes=${bytes}-${runtime.bytes.length - 1}`,
    ]);
    expect(await text(page, '.answer')).not.toBe(answer);
    expect(errors).toEqual([]);
  });

  test('says what could not be fetched, until it could', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await ready(page);
    await context.setOffline(true);
    await page.getByRole('button', { name: '90 %', exact: true }).click();
    await page.waitForSelector('#problem:not([hidden])');
    expect(await text(page, '#problem')).toMatch(/^The network could not be fetched: /);
    await page.getByRole('button', { name: '98 %', exact: true }).click();
    await page.waitForSelector('#problem', { state: 'hidden' });
    await context.setOffline(false);
    await page.getByRole('button', { name: '95 %', exact: true }).click();
    await page.waitForFunction(() => document.getElementById('nonzeros')!.textContent === '5,687');
    expect(await page.locator('#problem').isHidden()).toBe(true);
  });

  test('can be used by keys, and stands still for those who want it', async () => {
    const { page } = await openPage(url, { reducedMotion: 'reduce' });
    await ready(page);
    expect(await inkOf(page)).toBeGreaterThan(0.005);
    expect(await text(page, '#pause')).toBe('Play');
    await page.locator('#rate').press('ArrowRight');
    expect(await text(page, '#rate-now')).toBe('98.2 %');
    const second = page.getByRole('button', { name: /^side-tap-left/ }).last();
    await second.press('Enter');
    expect(await text(page, '#recording')).toMatch(/^Recorded: side-tap-left/);
    expect(await second.getAttribute('aria-pressed')).toBe('true');
  });
});
