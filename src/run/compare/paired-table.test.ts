import { expect, it } from 'vitest';
import { pairedTable } from './paired-table.js';
import type { SeriesSummary } from './summary.js';

function line(title: string, seeds: number[], accuracies: number[][], splits = ['whole']): SeriesSummary {
  const rows = accuracies.map((shares) => ({ accuracies: shares }) as unknown as SeriesSummary['rows'][number]);
  return { title, method: title, recipe: 'irds', splits, seeds, seconds: null, rows, diverged: [] };
}

const first = line('MRMP', [1, 2, 3], [[0.9, 0.92, 0.94]]);

it('pairs lines by seed: mean and standard error of the differences, by hand', () => {
  // 2, 0 and 4 points: mean 2, deviation 2, and 2 / √3 = 1.15
  const other = line('GMP', [1, 2, 3], [[0.88, 0.92, 0.9]]);
  expect(pairedTable({ series: [first, other], rates: [0.9] })).toBe(
    [
      '| MRMP is ahead of, points |         0.9 | pairs |',
      '| :----------------------- | ----------: | ----: |',
      '| GMP                      | 2.00 ± 1.15 |     3 |',
    ].join('\n'),
  );
});

it('leaves seeds out that one of the two lacks', () => {
  const other = line('GMP', [3, 2], [[0.96, 0.93]]);
  expect(pairedTable({ series: [first, other], rates: [0.9] })).toContain('−1.50 ± 0.50 |     2 |');
});

it('has nothing to say of one line, one pair, or other splits', () => {
  const single = line('GMP', [2], [[0.9]]);
  const elsewhere = line('GMP', [1, 2, 3], [[0.9, 0.9, 0.9]], ['fold1']);
  expect(pairedTable({ series: [first], rates: [0.9] })).toBe('');
  expect(pairedTable({ series: [first, single, elsewhere], rates: [0.9] })).toBe('');
});
