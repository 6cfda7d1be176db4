import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { differencesPlot } from './differences-plot.js';
import type { ComparisonReport } from './report.js';

/** A line with the accuracies of its seeds at rate 0, and at 0.9. */
function line(title: string, seeds: number[], ...accuracies: number[][]) {
  const rows = accuracies.map((each, i) => ({
    rate: [0, 0.9][i],
    nonzeros: 1,
    sequences: 1,
    actualRate: 0,
    macs: 1,
    mean: 0,
    meanAtThreshold: 0,
    deviation: 0,
    least: 0,
    accuracies: each,
  }));
  return { title, method: 'mrmp', recipe: title, splits: ['s'], seeds, seconds: 1, rows, diverged: [] };
}

function report(series: ComparisonReport['series'], seeds: number[]): ComparisonReport {
  return {
    title: 'Toy',
    note: '',
    command: 'c',
    machines: [],
    dataset: 'toy',
    classes: 3,
    recipes: [],
    rates: [0, 0.9],
    seeds,
    series,
    picture: 'differences',
  };
}

function texts(svg: string): string[] {
  const { document } = parseHTML(svg);
  return Array.from(document.querySelectorAll('text'), ({ textContent }) => textContent ?? '');
}

test('differences are those of the same seeds, in points, the most helpful piece first', () => {
  const all = line('all', [1, 2, 3], [0.9, 0.8, 0.7], [0.9, 0.8, 0.6]);
  const worse = line('worse', [1, 3], [0.88, 0.64], [0.9, 0.5]);
  const better = line('better', [1, 2, 3], [0.91, 0.82, 0.73], [0.9, 0.8, 0.6]);
  const found = texts(differencesPlot(report([all, better, worse], [1, 2, 3])));
  // worse: 2 and 6 points at 0, 0 and 10 at 0.9; better: −1, −2, −3
  for (const text of ['+4.0 ± 2.8', '+5.0 ± 7.1', '−2.0 ± 1.0', '0.0 ± 0.0']) expect(found).toContain(text);
  expect(found.indexOf('worse')).toBeLessThan(found.indexOf('better'));
});

test('a picture of few rates is as wide as its title', () => {
  const series = [line('all', [1], [0.9], [0.8]), line('other', [1], [0.8], [0.85])];
  const title = 'irds, cross-subject: without each piece of the recipe';
  const { document } = parseHTML(differencesPlot({ ...report(series, [1]), title }));
  expect(Number(document.querySelector('svg')!.getAttribute('width'))).toBeGreaterThan(9 * title.length);
});

test('one seed has no deviation, and a line without a seed in common no cells', () => {
  const all = line('all', [1], [0.9], [0.8]);
  const lost = line('lost', []);
  const found = texts(differencesPlot(report([all, line('other', [1], [0.8], [0.85]), lost], [1])));
  expect(found).toEqual(expect.arrayContaining(['+10.0', '−5.0', 'other']));
  expect(found).not.toContain('lost');
  expect(texts(differencesPlot(report([lost, all], [1])))).not.toContain('all');
});
