import { expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../../test/support/toy.js';
import { softmax } from '../../runtime/view.js';
import { runCuts } from '../evaluate.js';
import { scoresOf } from './scores.js';
import { unknownTable } from './table.js';
import { unknownReport } from './unknown.js';

const model = toyModel((random) => random.normal());
const known = toyDataset(40).samples;
/** Named otherwise, but for `x`, and moved far away. */
const others = {
  ...toyDataset(12),
  name: 'others',
  classes: ['x', 'hop', 'skip'],
  samples: toyDataset(12).samples.map((sample) => ({ ...sample, positions: sample.positions.map((p) => 3 * p) })),
};

test('a score is the probability of the most probable class, at the temperature of the rate', () => {
  const warm = model.describedBy({ temperatures: [2] });
  const [outputs] = runCuts(warm, known, [0.5]);
  const expected = outputs.logits.map((row) => Math.max(...softmax(row, 2)));
  expect(scoresOf(warm, outputs)).toEqual(expected);
});

test('classes that the model was taught are left aside, and every rate has its figures', () => {
  const report = unknownReport(model, known, others, [0, 0.5]);
  expect(report).toMatchObject({ dataset: 'others', known: 40, unknown: 8, taught: 4 });
  expect(report.rates.map(({ rate }) => rate)).toEqual([0, 0.5]);
  const [{ rate, threshold, refused, curve }] = report.rates;
  const scores = scoresOf(model, runCuts(model, known, [rate])[0]);
  expect(scores.filter((score) => score < threshold)).toHaveLength(2); // 5 % of 40
  expect(curve.at(0)).toEqual({ known: 0, unknown: expect.any(Number) });
  expect(curve.at(-1)!.known).toBe(39 / 40); // the best is at the last threshold, and not below it
  expect(curve.find((point) => point.known === 0.05)!.unknown).toBe(refused);
  expect(unknownTable(report)).toContain('8 recordings of others against 40 known ones. 4 recordings of classes that');
});

test('of one, the noun is in the singular', () => {
  const one = unknownReport(model, known, { ...others, samples: others.samples.slice(-1) }, [0]);
  expect(unknownTable({ ...one, unknown: 1, taught: 1 })).toMatch(
    /Unknown: 1 recording of others against 40 known ones\. 1 recording of classes that the model was taught is left aside/,
  );
});

test("the model's own rule is told beside", () => {
  const rejection = { refused: [0.05], thresholds: [[2 / 3]] };
  const [plain] = unknownReport(model, known, others, [0.5]).rates;
  const ruled = unknownReport(model.describedBy({ stream: { rejection } }), known, others, [0.5]);
  const scores = scoresOf(model, runCuts(model, known, [0.5])[0]);
  const share = scores.filter((score) => score < 2 / 3).length / 40;
  expect(ruled.rates).toEqual([{ ...plain, rule: { threshold: 2 / 3, known: share, unknown: expect.any(Number) } }]);
  expect(unknownTable(ruled)).toContain('by the rule of the model');
});

test('a data set of known classes alone, of other skeletons, and no known sequences are refused', () => {
  const same = { ...others, classes: ['x', 'y', 'z'] };
  expect(() => unknownReport(model, known, same, [0])).toThrow('found 12 recordings, all of its classes');
  expect(() => unknownReport(model, known, { ...others, persons: 2 }, [0])).toThrow('found 2 x mediapipe-hand');
  expect(() => unknownReport(model, [], others, [0])).toThrow('test sequences: expected some of classes that mean');
});
