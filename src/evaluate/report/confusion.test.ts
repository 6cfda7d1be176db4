import { expect, test } from 'vitest';
import { classMean, confusionOf, confusionTable } from './confusion.js';
import { confusionPlot } from './confusion-plot.js';

const classes = ['wave', 'push', 'pull', 'none'];
const confusion = confusionOf(4, [0, 0, 1, 2], [0, 1, 1, 0]);

test('counts are true class by answer; a class without sequences has no accuracy', () => {
  expect(confusion.counts).toEqual([
    [1, 1, 0, 0],
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
  expect(confusion.accuracies).toEqual([0.5, 1, 0, null]);
});

test('the table has a line a class', () => {
  const lines = confusionTable(0.98, classes, confusion).split('\n');
  expect(lines[0]).toBe('Rate 0.98, true class by answer:');
  expect(lines[4]).toBe('| 1 wave |  1 |  1 |  · |  · |   50.0 % |');
  expect(lines[7]).toBe('| 4 none |  · |  · |  · |  · |        – |');
});

test('the picture has a cell a pair, and the counts that are not zero; it is the one beside this test', async () => {
  const svg = confusionPlot('toy', classes, confusion);
  await expect(svg).toMatchFileSnapshot('snapshots/confusion.svg');
  expect(svg.match(/<rect /g)).toHaveLength(16);
  expect(svg).toContain('4 none');
});

test('the class mean counts classes with sequences alike: 0.5, 1 and 0', () => {
  expect(classMean(confusion)).toBe(0.5);
});
