import { expect, test } from 'vitest';
import { skippedLine } from './skipped-reporter.js';

test('skipped tests are counted by what they need', () => {
  const titles = ['C [without gcc] > a', 'page [without Chromium]', 'C [without gcc] > b', 'a pipe stays a pipe'];
  expect(skippedLine(titles)).toBe('Skipped 4 tests for want of Chromium (1), gcc (2), what their titles say (1).');
  expect(skippedLine(titles.slice(1, 2))).toBe('Skipped 1 test for want of Chromium (1).');
  expect(skippedLine([])).toBe('');
});
