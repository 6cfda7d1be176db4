// Engines in pages of a headless Chromium, from a server on this machine.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.js';
import { gzippedBytes } from '../lib/measure.js';

const BENCH = fileURLToPath(new URL('..', import.meta.url));
const ASSETS = ['onnxruntime-web/dist', '@tensorflow/tfjs-backend-wasm/dist'].map((at) =>
  join(BENCH, 'node_modules', at),
);
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
/** Inputs of a measurement, not part of what a page must fetch. */
const UNCOUNTED = /\.(f32|html|ico)$/;

/** Opens the browser and a server; `run` gives latency, cold start and gzipped bytes on the wire. */
export async function openChromium() {
  if (chromiumPath === undefined) throw new Error('no Chromium');
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
  const bundles = new Map();
  const sent = new Map();
  let folder;
  const server = createServer(({ url }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const content = contentOf(pathname, searchParams.get('file'), folder, bundles);
    if (content !== undefined && !UNCOUNTED.test(pathname)) sent.set(pathname, gzippedBytes(content));
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': TYPES[extname(pathname)] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));

  async function runOnce(engine, file, { nodes, channels }, rounds) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const failed = new Promise((_, reject) => page.on('pageerror', reject));
    failed.catch(() => {}); // an error after the answer is nobody's
    const query = new URLSearchParams({ file, nodes, channels, rounds });
    const site = `http://localhost:${server.address().port}`;
    await page.goto(`${site}/empty.html`); // starts the site's process
    await page.goto(`${site}/${engine.name}.html?${query}`);
    try {
      const answered = page.waitForFunction(() => globalThis.result, undefined, { timeout: 120_000 });
      return await (await Promise.race([answered, failed])).jsonValue();
    } finally {
      await context.close();
    }
  }

  return {
    version: browser.version(),
    async run(engine, file, network, { rounds, starts }) {
      folder = network.folder;
      if (!bundles.has(engine.name)) bundles.set(engine.name, await bundle(engine));
      const cold = [];
      for (let i = 0; i < starts; i++) cold.push((await runOnce(engine, file, network, 0)).coldStart);
      sent.clear();
      const result = await runOnce(engine, file, network, rounds);
      const wire = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
      return { ...result, coldStart: cold.sort((a, b) => a - b)[starts >> 1], wire };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function bundle({ name }) {
  const contents = `import { load } from './peers/infer/${name}.js';
import { measureInPage } from './infer/in-page.js';
measureInPage(load);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: BENCH },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    external: ['node:*', 'fs', 'path', 'worker_threads', 'perf_hooks', 'os'],
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

function contentOf(pathname, file, folder, bundles) {
  const name = pathname.slice(1);
  if (name === 'empty.html') return '<!doctype html>';
  if (name.endsWith('.html')) return pageOf(name.replace('.html', '.js'), file);
  if (bundles.has(name.replace('.js', ''))) return bundles.get(name.replace('.js', ''));
  const assets = name.startsWith('assets/')
    ? ASSETS.map((at) => join(at, name.slice('assets/'.length)))
    : [join(folder, name)];
  const path = assets.find(existsSync);
  return path === undefined ? undefined : readFileSync(path);
}

/** A page that fetches its script, the network and the first input side by side. */
function pageOf(script, file) {
  const fetched = [file, 'first.f32'].map((name) => `<link rel="preload" href="${name}" as="fetch" crossorigin>`);
  return `<!doctype html>${fetched.join('')}<script type="module" src="${script}"></script>`;
}
