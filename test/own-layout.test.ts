import { expect, test } from 'vitest';
import { InputError } from '../src/core/errors.js';
import { decodeAnyset, encodeAnyset } from '../src/data/anyset/anyset.js';
import type { Dataset, Sample } from '../src/data/dataset.js';
import { evaluate } from '../src/evaluate/evaluate.js';
import { labelledSequences } from '../src/evaluate/labelled-sequences.js';
import { exportJavaScript } from '../src/export/js/export-js.js';
import { exportSafetensors } from '../src/export/safetensors/export-safetensors.js';
import { importSafetensors } from '../src/export/safetensors/import-safetensors.js';
import { decodeModel, encodeModel } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { RuntimeModel } from '../src/runtime/model.js';
import type { Layout } from '../src/skeleton/layouts/layout.js';
import { layoutNamed } from '../src/skeleton/layouts/layouts.js';
import { createTraining } from '../src/train/create-training.js';
import { parseRecipe } from '../src/train/recipe/parse-recipe.js';
import { train } from '../src/train/train.js';
import { runC } from './support/c-program.js';
import { openOnnx, runSequences } from './support/onnx.js';
import { testWith } from './support/tools.js';

const layout: Layout = {
  name: 'kite-4',
  joints: ['hip', 'neck', 'left', 'right'],
  bones: [
    [1, 0],
    [2, 1],
    [3, 1],
  ],
  anchors: { root: [0], top: [1], left: [2], right: [3] },
  mirror: [0, 1, 3, 2],
};

/** Hips at rest, hands that wave to the side (class 0) or up (class 1). */
function kites(of: Layout = layout): Dataset {
  const samples = Array.from({ length: 24 }, (_, i): Sample => {
    const positions = Array.from({ length: 8 }, (_, frame) => {
      const wave = Math.sin(frame + i / 7);
      const [side, up] = i % 2 === 0 ? [0.5 + wave, 1] : [0.5, 1 + wave];
      return [0, 0, 0, 0.01 * (i % 5), 1, 0, -side, up, 0, side, up, 0];
    });
    const facts = { id: `kite-${i}`, label: i % 2, subject: `p${i % 4}` };
    return { ...facts, frames: 8, persons: 1, joints: 4, positions: Float32Array.from(positions.flat()) };
  });
  const [first, last] = [[...samples.keys()].slice(0, 16), [...samples.keys()].slice(16)];
  return {
    name: 'kites',
    title: 'Kites',
    licence: 'none',
    citation: 'nobody',
    layout: of,
    persons: 1,
    unit: 'metre',
    classes: ['side', 'up'],
    samples,
    splits: [{ name: 'halves', description: 'the last eight test', train: first, test: last }],
    skipped: [],
  };
}

const recipe = parseRecipe(
  {
    name: 'kites',
    data: 'kites',
    split: 'halves',
    preprocessing: {
      pose: [{ step: 'resample', frames: 8 }, { step: 'body-frame' }],
      channels: [{ step: 'positions', chunks: 2 }, { step: 'statistics' }],
    },
    augmentation: [{ step: 'mirror' }],
    network: [{ kind: 'dense', units: 8 }],
    training: { epochs: 2, batch: 8 },
  },
  'kites',
);

async function trained(): Promise<Model> {
  const training = createTraining(recipe, kites(), { threads: 1 });
  for await (const _ of train(training));
  const model = training.model();
  training.close();
  return model;
}

/** The header of a model file. */
function headerIn(file: Uint8Array): Record<string, unknown> {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(8, true);
  return JSON.parse(new TextDecoder().decode(file.subarray(16, 16 + length)));
}

test('a model of a layout of its own is trained, saved, loaded, cut, evaluated, exported and run', async () => {
  const model = await trained();
  const file = encodeModel(model);
  expect(headerIn(file).layout).toEqual(layout);
  const loaded = decodeModel(file, 'kites.anyrate');
  expect(loaded.description.layout).toEqual(layout);
  expect(encodeModel(loaded)).toEqual(file);

  const small = cut(loaded, { rate: 0.5 });
  const { samples, splits } = kites();
  const [{ accuracy }] = evaluate(small, labelledSequences(small, kites(), splits[0].test), [0.5]);
  const view = new RuntimeModel(encodeModel(small)).view();
  const right = splits[0].test.filter((i) => view.predict(samples[i]).label === samples[i].label);
  expect(accuracy).toBe(right.length / 8);

  const sequence = samples[17];
  const wanted = view.predict(sequence);
  const code = new TextDecoder().decode(exportJavaScript(small).files[0]);
  const standalone = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  expect(standalone.predict(sequence)).toEqual(wanted);
  const { probabilities } = await runSequences(await openOnnx(small), [sequence]);
  for (const [i, score] of wanted.scores.entries()) expect(probabilities[i]).toBeCloseTo(score, 5);
  const imported = importSafetensors(exportSafetensors(small).files[0], 'kites.safetensors');
  expect(imported.model.description.layout).toEqual(layout);
});

testWith('gcc', 'its export in C answers as the runtime does', async () => {
  const small = cut(await trained(), { rate: 0.5 });
  const sequence = kites().samples[17];
  const wanted = new RuntimeModel(encodeModel(small)).view().predict(sequence);
  const [answer] = runC(small, {}, [sequence]);
  for (const [i, score] of wanted.scores.entries()) expect(answer.probabilities[i]).toBeCloseTo(score, 5);
});

test('a data set of a layout of its own is packed and read back', () => {
  const packed = decodeAnyset(encodeAnyset(kites(), 1e-4), 'kites.anyset');
  expect(packed.layout).toEqual(layout);
  expect(packed.samples.length).toBe(24);
});

test('a layout of its own may not have the name of another', () => {
  const described = { ...layout, name: layoutNamed('mediapipe-hand').name };
  expect(() => encodeAnyset(kites(described), 1e-4)).toThrow(
    'data set kites, layout.name: expected the joints, bones, anchors and mirror images of mediapipe-hand, or another name',
  );
  expect(() => createTraining(recipe, kites(described))).toThrow(InputError);
});

test.each<[string, Partial<Layout>, string]>([
  ['a mirror that is no reflection', { mirror: [1, 2, 3, 0] }, 'layout.mirror'],
  ['a mirror of too few', { mirror: [0] }, 'layout.mirror'],
  ['an anchor that is no joint', { anchors: { ...layout.anchors, top: [4] } }, 'layout.top'],
  [
    'a circle of bones',
    {
      bones: [
        [1, 2],
        [2, 1],
      ],
    },
    'layout.bones',
  ],
  [
    'two parents',
    {
      bones: [
        [1, 0],
        [1, 2],
      ],
    },
    'layout.bones',
  ],
  ['a joint twice', { joints: ['hip', 'neck', 'hip', 'right'] }, 'layout.joints'],
])('%s is refused before any work', (_, changes, place) => {
  const broken = { ...layout, ...changes };
  expect(() => createTraining(recipe, kites(broken))).toThrow(place);
  expect(() => encodeAnyset(kites(broken), 1e-4)).toThrow(place);
});
