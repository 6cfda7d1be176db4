import { expect, test } from 'vitest';
import type { Report } from '../evaluate/report/report.js';
import { reportText } from './report-text.js';

const note = `Few training recordings: ${'wave (2), '.repeat(20)}and more.`;
const report: Report = {
  dataset: 'd',
  split: 's',
  part: 'test',
  sequences: 0,
  seen: 0,
  classes: 2,
  weights: 1,
  rates: [],
  notes: [note, 'Short.'],
};
const linesOf = (columns?: number) => reportText(report, columns).split('\n').slice(3);

test.each([60, 80, 200])('notes keep to %i columns, and lose no word', (columns) => {
  const lines = linesOf(columns);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join(' ')).toBe(`${note} Short.`);
});

test('without a terminal each note is a line', () => {
  expect(linesOf(0)).toEqual([note, 'Short.']);
});
