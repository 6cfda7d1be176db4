import { expect, test } from 'vitest';
import type { Dataset, Sample } from '../src/data/dataset.js';
import { predict } from '../src/evaluate/predict.js';
import { encodeModel } from '../src/model/file/file.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { fillLostJoints } from '../src/runtime/skeleton/lost.js';
import { mediapipeHand } from '../src/skeleton/layouts/hands.js';
import { createTraining } from '../src/train/create-training.js';
import { train } from '../src/train/train.js';
import { runC } from './support/c-program.js';
import { greatestDifference } from './support/engine-logits.js';
import { openOnnx, runSequences } from './support/onnx.js';
import { toyDataset, toyRecipe } from './support/toy.js';

/** What is true of recordings of one's own: joints are lost, pictures have no depth, poses are still. */

async function trained(recipe: ReturnType<typeof toyRecipe>, dataset: Dataset) {
  const training = createTraining(recipe, dataset);
  for await (const _ of train(training));
  return training.model();
}

/** The toy data set, each sample changed. */
function changed(change: (sample: Sample) => Sample): Dataset {
  const dataset = toyDataset();
  return { ...dataset, samples: dataset.samples.map(change) };
}

test('a training on recordings that lose joints is that on recordings that were filled before, to the bit', async () => {
  const losing = changed((sample) => {
    const positions = sample.positions.slice();
    for (let node = 0; node < positions.length / 3; node++) {
      if ((node * 7) % 5 === 0) positions.fill(Number.NaN, node * 3, node * 3 + 3);
    }
    return { ...sample, positions };
  });
  const filled = {
    ...losing,
    samples: losing.samples.map((sample) => ({
      ...sample,
      positions: fillLostJoints(sample, mediapipeHand).positions,
    })),
  };
  const recipe = toyRecipe({ augmentation: [{ step: 'lose', joints: 0.3, frames: 0.3 }] });
  const model = await trained(recipe, losing);
  expect(encodeModel(model)).toEqual(encodeModel(await trained(recipe, filled)));
  expect(predict(model, losing.samples[3])).toEqual(predict(model, filled.samples[3]));
});

test('data without depth have no depth in training, whatever the augmentation', async () => {
  const flat: Dataset = {
    ...changed((sample) => ({ ...sample, positions: sample.positions.map((x, i) => (i % 3 === 2 ? 0 : x)) })),
    dimensions: 2,
  };
  const augmentation = [
    { step: 'rotate', angle: 0.5 },
    { step: 'body', deviation: 0.1 },
    { step: 'jitter', deviation: 0.1 },
  ];
  const preprocessing = { ...toyRecipe().preprocessing, dimensions: 3 }; // looks at z all the same
  const recipe = toyRecipe({ augmentation, preprocessing });
  const { parameters } = await trained(recipe, flat);
  const depths = (values: Float32Array) => [...new Set(values.filter((_, i) => i % 3 === 2))];
  expect(depths(parameters.mean)).toEqual([0]);
  expect(depths(parameters.inverseDeviation)).toHaveLength(1); // that of no deviation
  const solid = await trained(recipe, { ...flat, dimensions: 3 });
  expect(depths(solid.parameters.mean).length).toBeGreaterThan(1);
});

test('still poses of one frame train, predict and export where the recipe has no step over time', async () => {
  const size = 21 * 3;
  const poses = changed((sample) => ({
    ...sample,
    frames: 1,
    positions: sample.positions.slice(0, size).map((x, i) => (i % 3 === sample.label ? x + 1 : x)),
  }));
  const channels = [{ step: 'positions', chunks: 1 }];
  const preprocessing = { pose: [{ step: 'resample', frames: 2 }], channels };
  const model = await trained(toyRecipe({ preprocessing }, { epochs: 30 }), poses);
  const view = new RuntimeModel(encodeModel(model)).view();
  const { test: indices } = poses.splits[0];
  const tested = indices.map((i) => poses.samples[i]);
  const answers = tested.map((sample) => view.predict(sample));
  expect(answers.filter(({ label }, i) => label === tested[i].label)).toHaveLength(tested.length);
  expect(tested.map((sample) => predict(model, sample).label)).toEqual(answers.map(({ label }) => label));
  const session = await openOnnx(model);
  const { probabilities } = await runSequences(session, tested);
  expect(
    greatestDifference(
      probabilities,
      answers.flatMap(({ scores }) => [...scores]),
    ),
  ).toBeLessThan(1e-4);
  for (const [i, answer] of runC(model, {}, tested).entries()) {
    expect(greatestDifference(answer.probabilities, answers[i].scores)).toBeLessThan(1e-4);
  }
});
