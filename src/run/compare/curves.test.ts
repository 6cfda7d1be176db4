import { expect, test } from 'vitest';
import { accuracyDomain, curvesOf } from './curves.js';
import type { ComparisonReport } from './report.js';

test.each([
  ['a narrow range in steps of 1', 91.8, 94.2, [91, 95]],
  ['a wider one in steps of 2', 83.5, 94.2, [82, 96]],
  ['all in steps of 10', 12.3, 97, [10, 100]],
  ['nothing above 100', 99.3, 100, [99, 100]],
  ['two steps at least', 93.2, 93.4, [93, 95]],
])('the axis of the accuracy by hand: %s', (_, low, high, domain) => {
  expect(accuracyDomain(low, high)).toEqual(domain);
});

test('curves by hand: halvings of the non-zeros, per cent, deviations that end at 0 and 100, lines without figures left out', () => {
  const row = { nonzeros: 50, mean: 0.99, deviation: 0.02 };
  const series = [
    { title: 'a', rows: [Object.assign({ rate: 0.75 }, row), Object.assign({ rate: 0.5 }, row)] },
    { title: 'diverged', rows: [] },
  ];
  const curves = curvesOf({ series } as unknown as ComparisonReport);
  expect(curves).toHaveLength(1);
  expect(curves[0].points.map(({ x }) => x)).toEqual([1, 2]);
  expect(curves[0].points[0]).toEqual({ x: 1, nonzeros: 50, y: 99, low: 97, high: 100 });
  const spread = { ...row, rate: 0.5, mean: 0.01 };
  const [{ points }] = curvesOf({ series: [{ title: 'a', rows: [spread] }] } as unknown as ComparisonReport);
  expect(points[0]).toEqual({ x: 1, nonzeros: 50, y: 1, low: 0, high: 3 });
});
