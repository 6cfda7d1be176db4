import { expect, test } from 'vitest';
import { toyDataset, toyModel, toyRecipe } from '../../../test/support/toy.js';
import { Model } from '../../model/model.js';
import { createCurve } from '../../model/rate-curve.js';
import { createTraining } from '../create-training.js';
import { TeacherAnswers, teacherSamples } from './teacher.js';

/** Answers with the same logits whatever it sees: all weights are zero, and the classifier's biases log 1, log 2, log 5. */
function constantModel(): Model {
  const model = toyModel(() => 0);
  const biases = model.network.biases.map(({ size }) => createCurve(1, size, () => 0));
  biases[biases.length - 1].values.set([Math.log(1), Math.log(2), Math.log(5)]);
  return new Model(model.description, { ...model.parameters, biases });
}

test('a quarter of the targets are the answers of the teacher, by hand, and columns without a sequence stay', () => {
  const model = constantModel();
  const answers = new TeacherAnswers(teacherSamples({ model, share: 0.25 }), 4);
  const { nodes, channels } = model.network.input;
  // three sequences of the classes 0, 1, 2, and a column that is not used
  const targets = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
  answers.mix(new Float32Array(nodes * channels * 4).fill(0.5), targets, 3);
  const [one, two, five] = [1 / 32, 2 / 32, 5 / 32];
  const expected = [0.75 + one, one, one, 0, two, 0.75 + two, two, 0, five, five, 0.75 + five, 0];
  expect([...targets]).toEqual(expected.map((target) => expect.closeTo(target, 6)));
});

test('a teacher that reads other features or is asked for more than all is refused', () => {
  const model = toyModel(() => 1);
  const finer = toyRecipe({
    preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 4 }] },
  });
  const train = (recipe = toyRecipe(), share = 0.5) =>
    createTraining(recipe, toyDataset(), { teacher: { model, share } });
  expect(() => train(finer)).toThrow(/252 features and 3 classes.*126 features and 3 classes/s);
  expect(() => train(undefined, 1.5)).toThrow(/from 0 to 1/);
  train().close();
});

test('a teacher sees each sequence of a shard by itself, as it would alone', () => {
  const model = toyModel((random) => random.normal());
  const { nodes, channels } = model.network.input;
  const rows = nodes * channels;
  const features = Float32Array.from({ length: rows * 4 }, (_, i) => Math.sin(i));
  const answersOf = (columns: Float32Array) => {
    const targets = new Float32Array(12);
    new TeacherAnswers(teacherSamples({ model, share: 1 }), 4).mix(columns, targets, 4);
    return targets;
  };
  const together = answersOf(features);
  for (let column = 0; column < 4; column++) {
    const same = Float32Array.from(features, (_, i) => features[Math.floor(i / 4) * 4 + column]);
    const alone = answersOf(same);
    for (let c = 0; c < 3; c++) expect(together[c * 4 + column]).toBeCloseTo(alone[c * 4], 6);
  }
  expect(new Set(together).size).toBeGreaterThan(3);
});
