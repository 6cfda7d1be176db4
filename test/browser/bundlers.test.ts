// What vite, webpack and esbuild make of a page that trains on threads, from the package as it is packed: the bytes of Node.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import type { Browser } from 'playwright-core';
import { build as vite } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import webpack from 'webpack';
import { launchChromium } from '../support/chromium.js';
import { digest, smallTraining } from '../support/small-training.js';
import { describeWith } from '../support/tools.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const PAGE = '<!doctype html><title>training</title><script type="module" src="./main.js"></script>';
const MAIN = `const worker = new Worker(new URL('./train.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => { globalThis.answer = data; };
worker.onerror = ({ message }) => { globalThis.answer = message ?? 'no worker'; };`;
const TRAIN = (
  entry: string,
  recipe: object,
) => `import { createTraining, decodeAnyset, encodeModel, parseRecipe, prepareBrowserWorkers } from 'anyrate/browser';
const bytes = await (await fetch('/set.anyset')).arrayBuffer();
try {
  const startWorkers = await prepareBrowserWorkers(1${entry});
  const recipe = parseRecipe(${JSON.stringify(recipe)}, 'recipe', { epochs: 1 });
  const training = createTraining(recipe, decodeAnyset(new Uint8Array(bytes), 'set'), { threads: 2, startWorkers });
  while (!training.done) training.runEpoch();
  self.postMessage({ isThreaded: startWorkers !== undefined, bytes: [...encodeModel(training.model())] });
} catch (error) {
  self.postMessage(String(error));
}`;

describeWith('Chromium', 'production builds of pages that train', () => {
  let folder: string;
  let browser: Browser;
  let small: Awaited<ReturnType<typeof smallTraining>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anyrate-bundlers-'));
    installPacked(folder);
    browser = await launchChromium();
    small = await smallTraining(1);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each<[string, string, (source: string, site: string) => Promise<unknown>]>([
    [
      'vite',
      '',
      (root, outDir) =>
        vite({
          root,
          base: './',
          logLevel: 'error',
          worker: { format: 'es' },
          build: { outDir, emptyOutDir: true, target: 'es2022' },
        }),
    ],
    [
      'webpack',
      '',
      async (root, path) => {
        writeFileSync(join(root, 'index.html'), PAGE);
        const options = {
          mode: 'production',
          context: root,
          entry: './main.js',
          output: { path, filename: 'main.js' },
        } as const;
        await new Promise<void>((resolve, reject) =>
          webpack(options, (error, stats) =>
            error || stats?.hasErrors() ? reject(error ?? new Error(stats!.toString('errors-only'))) : resolve(),
          ),
        );
        cpSync(join(root, 'index.html'), join(path, 'index.html'));
      },
    ],
    [
      'esbuild',
      ", new URL('./thread.js', self.location.href)",
      async (root, outdir) => {
        const entryPoints = { main: './main.js', train: './train.js', thread: 'anyrate/train-worker' };
        await esbuild({
          absWorkingDir: root,
          entryPoints,
          outdir,
          bundle: true,
          format: 'esm',
          external: ['hyparquet'],
          logLevel: 'error',
        });
        cpSync(join(root, 'index.html'), join(outdir, 'index.html'));
      },
    ],
  ])(
    '%s',
    async (name, entry, build) => {
      const [source, site] = [join(folder, name), join(folder, `${name}-site`)];
      mkdirSync(source);
      writeFileSync(join(source, 'index.html'), PAGE);
      writeFileSync(join(source, 'main.js'), MAIN);
      writeFileSync(join(source, 'train.js'), TRAIN(entry, small.recipe));
      await build(source, site);
      const server = await serve(site, small.file);
      const page = await browser.newPage();
      await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
      const waiting = await page.waitForFunction(() => (globalThis as { answer?: unknown }).answer, undefined, {
        timeout: 60_000,
      });
      const answer = (await waiting.jsonValue()) as { isThreaded: boolean; bytes: number[] };
      await page.close();
      server.close();
      expect(answer).toMatchObject({ isThreaded: true });
      expect(digest(Uint8Array.from(answer.bytes))).toBe(small.expected);
    },
    180_000,
  );
});

/** node_modules with anyrate as it is packed, and what it depends on. */
function installPacked(folder: string): void {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' }));
  const target = join(folder, 'node_modules', 'anyrate');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['xzf', join(folder, filename), '-C', target, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves a site and the data set, with the headers of cross-origin isolation. */
function serve(site: string, dataset: Uint8Array): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = join(site, url === '/' ? 'index.html' : url);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
    const content = url === '/set.anyset' ? dataset : existsSync(path) ? readFileSync(path) : undefined;
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content);
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}
