import { expect, test } from 'vitest';
import { describeShare } from './trial-progress.js';

test('a trial takes as long again for what is left as the rest took', () => {
  expect(describeShare(0.25, 30_000)).toBe('Trial: 25.0 %, 2 min left');
  expect(describeShare(1, 30_000)).toBe('Trial: 100.0 %, 0 s left');
  expect(describeShare(0, 30_000)).toBe('Trial: 0.0 %');
});
