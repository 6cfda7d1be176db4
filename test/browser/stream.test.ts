import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/core/random.js';
import { exportWasm } from '../../src/export/wasm/export-wasm.js';
import { encodeModel } from '../../src/model/file/file.js';
import type { Model } from '../../src/model/model.js';
import { cut } from '../../src/pruning/cut/cut.js';
import { loadModel } from '../../src/run/node/load-model.js';
import { built } from '../support/built.js';
import { launchChromium } from '../support/chromium.js';
import { runtimeAnswers } from '../support/runtime-stream.js';
import { describeWith } from '../support/tools.js';
import type { WasmModule } from '../support/wasm-module.js';

const MODULES = ['runtime.min.js', 'runtime-simd.min.js'];
const MODEL = new URL('../../examples/irds.anyrate', import.meta.url);
const OPTIONS = { window: 1.6, step: 0.05, confidence: 0.2, smoothing: 0.5 };

/** Of a body that moves, 30 frames a second, with joints and frames lost: numbers as they are in float32, null for lost ones. */
function frames(): (number | null)[][] {
  const random = new Random(4);
  return Array.from({ length: 150 }, (_, frame) =>
    Array.from({ length: 75 }, (_, i) => {
      const joint = Math.floor(i / 3);
      const isLost = frame % 17 === 3 || (frame > 60 && joint === 9 && frame % 5 < 2);
      return isLost
        ? null
        : Math.fround(Math.sin(i) + (1 + (frame % 50) / 20) * Math.sin(frame / 9 + i) + 0.1 * random.normal());
    }),
  );
}

interface Order {
  readonly model: readonly number[];
  readonly poses: (number | null)[][];
  readonly options: object;
}

/** What the shipped module that is `globalThis.shipped` says of the frames: in Node and in a page. */
async function events({ model, poses, options }: Order) {
  const { load, Recognizer } = (globalThis as unknown as { shipped: typeof import('../../src/runtime.js') }).shipped;
  const recognizer = new Recognizer((await load(Uint8Array.from(model))).view(0.98), options);
  return poses.map((pose, frame) => {
    recognizer.push(pose, frame / 30);
    const { name, probability } = recognizer.current;
    return [name, probability, recognizer.current.frame];
  });
}

/** The class, or −1, and its probability after each frame, by an exported module. */
function exportedEvents({ bytes, poses }: { bytes: number[]; poses: (number | null)[][] }) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes)));
  const { memory, frame, push, event } = exports as unknown as WasmModule;
  return poses.map((pose, i) => {
    new Float32Array(memory.buffer, frame(), pose.length).set(pose.map((x) => x ?? Number.NaN));
    push(i / 30, 1);
    return [...new Float64Array(memory.buffer, event(), 2)];
  });
}

/** Its rule refuses some answers, and its answers are smoothed by a share that no engine has a power of. */
function ruledModel(): Model {
  const model = cut(loadModel('examples/irds.anyrate'), { rate: 0.98 });
  const { classes, stream } = model.description;
  const means = classes.map((_, label) => classes.map((_, c) => (c === label ? 9 : ((c * 7 + label) % 5) - 4.1)));
  const rejection = { means, refused: [0.05], thresholds: [[0.3]], share: 0.05 };
  return model.describedBy({ stream: { ...stream, smoothing: 0.73, rejection } });
}

describeWith('Chromium', 'a stream in Chromium', () => {
  let server: Server;
  let browser: Browser;
  const model = [...readFileSync(MODEL)];
  const poses = frames();

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const name = url.slice(1);
      const isModule = MODULES.includes(name);
      response.setHeader('Content-Type', isModule ? 'text/javascript' : 'text/html');
      const scripts = url === '/strict.html' ? "'self' 'unsafe-inline'" : "'self' 'unsafe-inline' 'wasm-unsafe-eval'";
      response.setHeader('Content-Security-Policy', `default-src 'self'; script-src ${scripts}`);
      response.end(isModule ? readFileSync(built(name)) : '<!doctype html><title>anyrate</title>');
    });
    await new Promise<void>((done) => void server.listen(0, 'localhost', done));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test('both runtimes say what they say in Node, and the same to the bit, without leave to compile WebAssembly too', async () => {
    const { port } = server.address() as AddressInfo;
    const order = { model, poses, options: OPTIONS };
    const said = [];
    for (const name of MODULES) {
      Object.assign(globalThis, { shipped: await import(built(name).href) });
      said.push(await events(order));
    }
    const [expected, fast] = said;
    expect(fast).toEqual(expected);
    expect(new Set(expected.map(([, probability]) => probability)).size).toBeGreaterThan(2);
    const answers: Awaited<ReturnType<typeof events>>[] = [];
    for (const page of ['page.html', 'strict.html']) {
      const tab = await browser.newPage();
      await tab.goto(`http://localhost:${port}/${page}`);
      for (const name of MODULES) {
        const content = `import * as shipped from '/${name}'; Object.assign(globalThis, { shipped, loaded: '${name}' });`;
        await tab.addScriptTag({ type: 'module', content });
        await tab.waitForFunction((wanted) => (globalThis as { loaded?: string }).loaded === wanted, name);
        answers.push(await tab.evaluate(events, order));
      }
      await tab.close();
    }
    for (const answer of answers) expect(answer).toEqual(expected);
  });

  test('a rule of likeness and any share of the past: the runtime and the exported module say what the runtime says in Node', async () => {
    const { port } = server.address() as AddressInfo;
    const ruled = ruledModel();
    const order = { model: [...encodeModel(ruled)], poses, options: {} };
    Object.assign(globalThis, { shipped: await import(built('runtime.min.js').href) });
    const expected = await events(order);
    expect(new Set(expected.map(([, probability]) => probability)).size).toBeGreaterThan(2);
    const tab = await browser.newPage();
    await tab.goto(`http://localhost:${port}/page.html`);
    const content = `import * as shipped from '/runtime.min.js'; Object.assign(globalThis, { shipped, loaded: 'runtime' });`;
    await tab.addScriptTag({ type: 'module', content });
    await tab.waitForFunction(() => (globalThis as { loaded?: string }).loaded === 'runtime');
    expect(await tab.evaluate(events, order)).toEqual(expected);
    const bytes = [...exportWasm(ruled).files[0]];
    const timed = poses.map((pose, frame) => ({
      seconds: frame / 30,
      positions: Float32Array.from(pose, (x) => x ?? Number.NaN),
    }));
    const said = await tab.evaluate(exportedEvents, { bytes, poses });
    expect(said).toEqual(
      runtimeAnswers(ruled, timed)
        .slice(0, -1)
        .map(({ label, probability }) => [label, probability]),
    );
    await tab.close();
  });
});
