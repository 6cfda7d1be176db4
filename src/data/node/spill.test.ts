import { expect, test } from 'vitest';
import { areElsewhere, withFacts } from '../positions-elsewhere.js';
import { spillBeyond } from './spill.js';

test('what exceeds the limit is in a file, and reads as it was', () => {
  const keep = spillBeyond(40);
  const all = [0, 1, 2, 3].map((start) => ({
    id: `${start}`,
    positions: Float32Array.from({ length: 5 }, (_, i) => start + i / 7),
  }));
  const kept = all.map((one) => keep(one));
  expect(kept.map(areElsewhere)).toEqual([false, false, true, true]);
  expect(kept.map(({ positions }) => positions)).toEqual(all.map(({ positions }) => positions));
  expect(kept[2].positions).not.toBe(kept[2].positions);
  const renamed = withFacts(kept[3], { id: 'other' });
  expect([renamed.id, areElsewhere(renamed), renamed.positions]).toEqual(['other', true, all[3].positions]);
});
