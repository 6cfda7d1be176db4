import { expect, test } from 'vitest';
import { curvesPlot } from './curves-plot.js';
import { differencesPlot } from './differences-plot.js';
import type { ComparisonReport } from './report.js';

const RATES = [0, 0.5, 0.9, 0.98];
const WEIGHTS = 10_000;

/** A line of two seeds, each a point above and below the means. */
function line(title: string, means: readonly number[]): ComparisonReport['series'][number] {
  const rows = means.map((mean, i) => ({
    rate: RATES[i],
    actualRate: RATES[i],
    nonzeros: Math.round(WEIGHTS * (1 - RATES[i])),
    macs: 1,
    sequences: 200,
    mean,
    meanAtThreshold: mean,
    deviation: 0.01,
    least: mean - 0.01,
    accuracies: [mean - 0.01, mean + 0.01],
  }));
  return { title, method: 'mrmp', recipe: title, splits: ['s'], seeds: [1, 2], seconds: 1, rows, diverged: [] };
}

const report: ComparisonReport = {
  title: 'Toy',
  note: '',
  command: 'c',
  machines: [],
  dataset: 'toy',
  classes: 4,
  recipes: [],
  rates: RATES,
  seeds: [1, 2],
  picture: 'curves',
  series: [line('MRMP', [0.93, 0.93, 0.92, 0.91]), line('MP', [0.94, 0.92, 0.75, 0.4])],
};

/** More lines than one frame takes, one far below the others. */
const many: ComparisonReport = Object.assign({}, report, {
  series: [...report.series, ...['A', 'B', 'C', 'D'].map((name) => line(name, [0.92, 0.92, 0.91, 0.9]))],
});

test.each([
  ['curves', curvesPlot, report],
  ['panels', curvesPlot, many],
  ['differences', differencesPlot, report],
] as const)('%s are drawn as in the picture beside this test', async (name, plot, drawn) => {
  await expect(plot(drawn)).toMatchFileSnapshot(`snapshots/${name}.svg`);
});

test('a picture is the same whatever was drawn before it', () => {
  const first = curvesPlot(many);
  expect(curvesPlot(many)).toBe(first);
  expect(new Set(first.match(/plot-clip-\d+/g))).toEqual(new Set(['plot-clip-1']));
});
