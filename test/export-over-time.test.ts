import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportModel, registerExporter } from '../src/export/exporters.js';
import { exportHtml } from '../src/export/html/export-html.js';
import { exportJavaScript } from '../src/export/js/export-js.js';
import { exportOnnx } from '../src/export/onnx/export-onnx.js';
import { exportSafetensors } from '../src/export/safetensors/export-safetensors.js';
import { importSafetensors } from '../src/export/safetensors/import-safetensors.js';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { liveWeights } from '../src/pruning/cut/live.js';
import { operationsOf, planNetwork, productsOf } from '../src/runtime/network/plan.js';
import { RuntimeModel } from '../src/runtime-temporal.js';
import { launchChromium } from './support/chromium.js';
import { engineLogits, greatestDifference } from './support/engine-logits.js';
import { networksOverTime } from './support/networks-over-time.js';
import { openOnnx, run, runSequences } from './support/onnx.js';
import { randomModel } from './support/random-model.js';
import { randomSequences } from './support/random-preprocessing.js';
import { testWith } from './support/tools.js';

const STEPS = ['positions', 'relative', 'bones', 'velocities'].map((name) => ({ step: `frame-${name}` }) as const);
const PREPROCESSING = {
  pose: [{ step: 'resample', frames: 12 }, { step: 'center' }],
  channels: STEPS,
} as unknown as Model['description']['preprocessing'];

const models = Object.entries(networksOverTime).flatMap(([name, layers], seed) =>
  [0, 0.9].map((rate): [string, Model] => {
    return [`${name}, rate ${rate}`, cut(randomModel(layers, seed, PREPROCESSING, 1 + (seed % 2)), { rate })];
  }),
);
const planOf = ({ description, network }: Model) =>
  planNetwork(description.layers, network.input, description.classes.length);
const sequencesOf = ({ description }: Model) => randomSequences(3, description.persons, 5);

test.each(models)('JavaScript: the predictions of the runtime, to the bit: %s', async (_, model) => {
  const small = quantise(model, 'float16');
  const code = new TextDecoder().decode(exportJavaScript(small).files[0]);
  const standalone = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  );
  const view = new RuntimeModel(encodeModel(small)).view();
  for (const sequence of sequencesOf(small)) expect(standalone.predict(sequence)).toEqual(view.predict(sequence));
  expect(standalone.recognizer({ window: 2 }).current.name).toBeNull();
});

test.each(models)('ONNX: within 1e-4 of the engine: %s', async (_, model) => {
  const sequences = sequencesOf(model);
  const session = await openOnnx(model);
  const expected = engineLogits(model, sequences);
  for (const [i, sequence] of sequences.entries()) {
    const { logits } = await runSequences(session, [sequence]);
    expect(greatestDifference(logits, expected[i])).toBeLessThan(1e-4);
  }
  await session.release();
});

test('ONNX from features: [batch][frames][nodes][channels]', async () => {
  const [[, model]] = models;
  const sequences = sequencesOf(model);
  const { nodes, channels, frames } = model.pipeline;
  const features = Float32Array.from(sequences.flatMap((sequence) => [...model.pipeline.features(sequence)]));
  const session = await openOnnx(model, { input: 'features' });
  const { logits } = await run(session, 'features', [sequences.length, frames, nodes, channels], features);
  const expected = engineLogits(model, sequences).flatMap((row) => [...row]);
  expect(greatestDifference(logits, expected)).toBeLessThan(1e-4);
  await session.release();
});

test.each(models)('ONNX, compact: within 1e-4 of the engine, with just the live weights: %s', async (_, model) => {
  const sequences = sequencesOf(model);
  const session = await openOnnx(model, { compact: true });
  const expected = engineLogits(model, sequences);
  for (const [i, sequence] of sequences.entries()) {
    const { logits } = await runSequences(session, [sequence]);
    expect(greatestDifference(logits, expected[i])).toBeLessThan(1e-4);
  }
  await session.release();
  expect(exportOnnx(model, { compact: true }).nonzeros).toBe(liveWeights(model).effective);
});

const WITHOUT_RESIDUAL = [
  { kind: 'graph-convolution', heads: 2, filters: 3, combine: 'sum' },
  { kind: 'temporal-convolution', filters: 6, kernel: 3 },
  { kind: 'pool', over: 'both' },
];

/** A model in which a unit that nothing flows into gives 0, so that whole joints are dead. */
function withNegativeBiases({ description, parameters }: Model): Model {
  const biases = parameters.biases.map((curve) => ({
    ...curve,
    values: curve.values.map((bias) => -0.1 * Math.abs(bias)),
  }));
  return new Model(description, { ...parameters, biases });
}

test('ONNX: random networks over time at any rate, compact: within 1e-4 of the engine', async () => {
  const some = [...Object.values(networksOverTime), WITHOUT_RESIDUAL];
  const property = fc.asyncProperty(
    fc.constantFrom(...some),
    fc.nat(1000),
    fc.double({ min: 0.5, max: 0.999, noNaN: true }),
    fc.boolean(),
    async (layers, seed, rate, isNegative) => {
      const any = randomModel(layers, seed, PREPROCESSING, 1 + (seed % 2));
      const model = cut(isNegative ? withNegativeBiases(any) : any, { rate });
      const session = await openOnnx(model, { compact: true });
      const [sequence] = sequencesOf(model);
      const { logits } = await runSequences(session, [sequence]);
      const [expected] = engineLogits(model, [sequence]);
      expect(greatestDifference(logits, expected)).toBeLessThan(1e-4);
      await session.release();
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test('ONNX, compact: dead joints count as zeros in a mean over joints', async () => {
  const { description, parameters, network } = withNegativeBiases(randomModel(WITHOUT_RESIDUAL, 3, PREPROCESSING));
  const attention = network.weights.findIndex(({ name }) => name === 'attention');
  const latents = parameters.latents.map((tensor, t) =>
    t === attention ? tensor.slice().fill(0, 0, tensor.length / 2) : tensor,
  );
  const model = cut(new Model(description, { ...parameters, latents }), { rate: 0.5 });
  const session = await openOnnx(model, { compact: true });
  for (const sequence of sequencesOf(model)) {
    const { logits } = await runSequences(session, [sequence]);
    expect(greatestDifference(logits, engineLogits(model, [sequence])[0])).toBeLessThan(1e-4);
  }
  await session.release();
});

test('ONNX: compact means fewer bytes and operations of a network over time', () => {
  const layers = networksOverTime[Object.keys(networksOverTime)[0]];
  const small = cut(randomModel(layers, 1, PREPROCESSING, 2), { rate: 0.97 });
  const [whole, compact] = [false, true].map((isCompact) => exportOnnx(small, { compact: isCompact }));
  expect(compact.files[0].length).toBeLessThan(whole.files[0].length);
  expect(compact.macs).toBeLessThan(whole.macs / 2);
});

test.each(models)('safetensors, exported and imported: the same logits: %s', (_, model) => {
  const [bytes] = exportSafetensors(model).files;
  const { model: same, rounding } = importSafetensors(bytes, 'x');
  expect(rounding).toBe(0);
  const [expected, found] = [model, same].map((one) => engineLogits(one, sequencesOf(model)));
  for (const [i, logits] of found.entries()) expect(greatestDifference(logits, expected[i])).toBeLessThan(1e-12);
});

test('multiply-accumulates of a dense format are those of all weights, and of the zeros between members', async () => {
  for (const [, model] of models) {
    const products = productsOf(planOf(model));
    const between = products.filter(({ name }) => name === 'weight').map((p) => p.rows * p.columns * (p.groups - 1));
    const macs = operationsOf(products) + between.reduce((sum, zeros) => sum + zeros);
    for (const format of ['onnx', 'safetensors']) expect((await exportModel(model, format)).macs).toBe(macs);
  }
});

testWith('Chromium', 'a page in Chromium answers as the runtime', async () => {
  const model = models[0][1];
  const [sequence] = sequencesOf(model);
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-page-'));
  const browser = await launchChromium();
  try {
    writeFileSync(join(folder, 'page.html'), exportHtml(model, {}).files[0]);
    const tab = await browser.newPage();
    await tab.goto(String(pathToFileURL(join(folder, 'page.html'))));
    const logits = await tab.evaluate(
      ([shape, positions]) => {
        const { anyrate } = globalThis as unknown as { anyrate: { model: RuntimeModel } };
        return [...anyrate.model.view().logits({ ...shape, positions: Float32Array.from(positions) })];
      },
      [
        { frames: sequence.frames, persons: sequence.persons, joints: sequence.joints },
        [...sequence.positions],
      ] as const,
    );
    expect(logits).toEqual([...new RuntimeModel(encodeModel(model)).view().logits(sequence)]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

test('a format without programs for networks over time refuses them by name, and says which do not', async () => {
  const write = () => ({ files: [new Uint8Array(0)], nonzeros: 0, macs: 0 });
  registerExporter({ name: 'still', extensions: ['.still'], description: 'of a test', options: [], write });
  const exported = exportModel(models[0][1], 'still');
  await expect(exported).rejects.toThrow('expected a network without layers over time');
  await expect(exported).rejects.toThrow('Export to onnx or safetensors or html or javascript or wasm or c,');
});
