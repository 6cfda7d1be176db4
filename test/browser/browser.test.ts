import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { digest, smallTraining } from '../support/small-training.js';
import { describeWith } from '../support/tools.js';

const EPOCHS = 2;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describeWith('Chromium', 'training in Chromium', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let small: Awaited<ReturnType<typeof smallTraining>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyrate-browser-'));
    await bundle(folder);
    small = await smallTraining(EPOCHS);
    server = await serve(folder, small.file);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    [1, 0],
    [2, 1],
    [3, 0],
  ])('%i threads, and %i to spare, give the bytes that Node gives', async (threads, spare) => {
    const { isolated, bytes } = await train({ threads, spare }, true);
    expect(isolated).toBe(true);
    expect(digest(Uint8Array.from(bytes))).toBe(small.expected);
  });

  test('without cross-origin isolation it trains on one thread, to the same bytes', async () => {
    const { isolated, bytes } = await train({ threads: 2, spare: 0 }, false);
    expect(isolated).toBe(false);
    expect(digest(Uint8Array.from(bytes))).toBe(small.expected);
  });

  async function train(threads: { readonly threads: number; readonly spare: number }, isolate: boolean) {
    const page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/${isolate ? 'isolated' : 'plain'}.html`);
    const answer = await page.evaluate(trainInWorker, { recipe: small.recipe, epochs: EPOCHS, ...threads });
    await page.close();
    return answer;
  }
});

/** Runs in the page. */
function trainInWorker(order: unknown): Promise<{ isolated: boolean; bytes: number[] }> {
  const worker = new Worker('/train-in-worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve({ isolated: data.isolated, bytes: Array.from(data.bytes as Uint8Array) });
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  });
}

async function bundle(outdir: string): Promise<void> {
  const entryPoints = ['test/browser/train-in-worker.ts', 'src/train/browser/worker.ts'];
  const files = entryPoints.map((file) => join(ROOT, file));
  await build({ entryPoints: files, outdir, entryNames: '[name]', bundle: true, format: 'esm', logLevel: 'error' });
}

/** Serves the bundle, and the data set; all but plain.html with the headers of cross-origin isolation. */
function serve(folder: string, dataset: Uint8Array): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    if (url !== '/plain.html') {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    const content = url === '/set.anyset' ? dataset : contentOf(url, folder);
    if (content === undefined) response.statusCode = 404;
    response.setHeader('Content-Type', CONTENT_TYPES[extname(url)] ?? 'application/octet-stream');
    response.end(content);
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

const CONTENT_TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

function contentOf(url: string, folder: string): Buffer | string | undefined {
  if (url.endsWith('.html')) return '<!doctype html><title>anyrate</title>';
  return existsSync(join(folder, url)) ? readFileSync(join(folder, url)) : undefined;
}
