import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportJavaScript } from '../src/export/js/export-js.js';
import { encodeModel } from '../src/model/file/file.js';
import { quantise } from '../src/model/file/quantise.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import type { Prediction } from '../src/runtime/view.js';
import { launchChromium } from './support/chromium.js';
import { layerLists, randomModel } from './support/random-model.js';
import { preprocessings, randomSequences } from './support/random-preprocessing.js';
import { testWith } from './support/tools.js';

interface Standalone {
  readonly classes: readonly string[];
  predict(sequence: SkeletonSequence): Prediction;
}

const codeOf = (model: Model) => new TextDecoder().decode(exportJavaScript(model).files[0]);
const load = (model: Model): Promise<Standalone> =>
  import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(codeOf(model)).toString('base64')}`);
const runtimeOf = (model: Model) => new RuntimeModel(encodeModel(model)).view();

test('random networks and preprocessing: the predictions of the runtime, to the bit', async () => {
  const property = fc.asyncProperty(
    layerLists,
    preprocessings,
    fc.constantFrom(1, 2),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.constantFrom('float32' as const, 'float16' as const, 'int8' as const),
    fc.nat(1000),
    async (layers, preprocessing, persons, rate, precision, seed) => {
      const model = cut(quantise(randomModel(layers, seed, preprocessing, persons), precision), { rate });
      const [standalone, runtime] = [await load(model), runtimeOf(model)];
      expect(standalone.classes).toEqual(runtime.classes);
      for (const sequence of randomSequences(5, persons, seed)) {
        expect(standalone.predict(sequence)).toEqual(runtime.predict(sequence));
      }
    },
  );
  await fc.assert(property, { numRuns: 25, seed: 1 });
});

testWith('Chromium', 'a page of one file in Chromium gives the same answer, to the bit', async () => {
  const layers = [{ kind: 'graph-convolution', heads: 2, filters: 8, combine: 'sum' }];
  const model = cut(randomModel(layers, 3), { rate: 0.6 });
  const [sequence] = randomSequences(1, 1, 3);
  const recording = { ...sequence, positions: [...sequence.positions] };
  const script = `answer = predict({ ...recording, positions: Float32Array.from(recording.positions) });`;
  const html = `<script>var answer, recording = ${JSON.stringify(recording)};</script>
<script type="module">${codeOf(model)}${script}</script>`;
  const page = join(mkdtempSync(join(tmpdir(), 'anyrate-page-')), 'page.html');
  writeFileSync(page, html);
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(page).href);
    expect(await tab.evaluate('answer')).toEqual(runtimeOf(model).predict(sequence));
  } finally {
    await browser.close();
    rmSync(dirname(page), { recursive: true });
  }
});

test('pieces that a network does not need are left out', () => {
  const small = codeOf(randomModel([{ kind: 'dense', units: 2 }], 1));
  const large = codeOf(
    randomModel([{ kind: 'graph-convolution', heads: 1, filters: 2, combine: 'sum' }], 1, {
      pose: [{ step: 'order-persons' }, { step: 'resample', frames: 8 }, { step: 'body-frame', up: 'spine' }],
      channels: [{ step: 'bone-statistics' }],
    }),
  );
  for (const name of ['orderPersons', 'move', 'graphConvolution', 'writeStatistics']) {
    expect(small).not.toContain(`function ${name}(`);
    expect(large).toContain(`function ${name}(`);
  }
  expect(small).toContain('function writeMeans(');
  expect(large).not.toContain('function writeMeans(');
});
