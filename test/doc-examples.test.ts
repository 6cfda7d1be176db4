import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as node from '../dist/node.js';
import { OneEuroFilter, smoothed } from '../dist/runtime/stream/one-euro.js';
import { RepetitionCounter } from '../dist/runtime/stream/repetitions.js';
import { Spotter } from '../dist/runtime/stream/spotter.js';
import * as runtime from '../dist/runtime.js';
import { toyDataset, toyModel, toyRecipe } from './support/toy.js';

/** The code of every @example in the docstrings, by the place that it is in. */
const examples = readdirSync(fileURLToPath(new URL('../src', import.meta.url)), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .flatMap((path) => {
    const text = readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
    const found = [...text.matchAll(/@example\n((?: +\*(?: .*)?\n)+?)(?= +\*\/| +\* @)/g)];
    return found.map(([, code], i) => ({ place: `${path} ${i + 1}`, code: code.replaceAll(/^ +\* ?/gm, '') }));
  });

const folder = mkdtempSync(join(tmpdir(), 'anyrate-examples-'));
const start = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
  vi.unstubAllGlobals();
});

/** What examples take for granted, in the size of toys. */
function scope() {
  const dataset = toyDataset();
  const drawn = node.decodeModel(node.encodeModel(toyModel((random) => random.normal()) as never), 'toy');
  const model = drawn.describedBy({ provenance: { ...drawn.description.provenance, split: 'quarter' } });
  const bytes = node.encodeModel(model);
  const recipe = toyRecipe({}, { epochs: 2, warmup: 0 });
  const [sequence] = dataset.samples;
  const view = new runtime.RuntimeModel(bytes).view(0.98);
  vi.stubGlobal('fetch', async () => new Response(bytes.slice()));
  const sweep = { report: { comparison: { series: [{ title: 'tiny', rows: [{ mean: 0.5 }] }] } }, failures: [] };
  const load = { loadDataset: async () => dataset, loadRecipe: () => recipe, runSweep: async () => sweep };
  const toys = { ...load, console: { log: () => {} } };
  const frame = sequence.positions.subarray(0, sequence.joints * 3);
  const landmarks = Array.from({ length: sequence.joints }, (_, joint) => ({ x: joint, y: 2 * joint, z: 0 }));
  const entries = { OneEuroFilter, RepetitionCounter, Spotter, smoothed };
  const stream = { ...entries, landmarks, scores: [0.8, 0.1, 0.1], seconds: 1, pose: frame.slice() };
  const training = node.createTraining(recipe, dataset as never);
  return { ...node, ...runtime, ...toys, dataset, model, bytes, recipe, sequence, view, frame, training, ...stream };
}

test('the names that users meet first have an example', () => {
  expect(examples.length).toBeGreaterThanOrEqual(20);
});

test.each(examples)('the example of $place runs', async ({ code }) => {
  const names = scope();
  const run = new Function(...Object.keys(names), `return (async () => { ${code} })()`);
  await run(...Object.values(names));
});

test('a training that stopped goes on from its checkpoint to the same bits, without anything of Node', async () => {
  const browser = await import('../dist/index.js');
  const create = () => browser.createTraining(toyRecipe({}, { epochs: 3, warmup: 1 }) as never, toyDataset() as never);
  const whole = create();
  while (!whole.done) whole.runEpoch();
  const first = create();
  first.runEpoch();
  const bytes = browser.encodeCheckpoint(browser.takeCheckpoint(first));
  const second = create();
  browser.restoreCheckpoint(second, browser.decodeCheckpoint(bytes, 'kept'), 'kept');
  expect(second.epoch).toBe(1);
  while (!second.done) second.runEpoch();
  expect(browser.encodeModel(second.model())).toEqual(browser.encodeModel(whole.model()));
});
