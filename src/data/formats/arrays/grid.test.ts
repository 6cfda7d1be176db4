import { describe, expect, test } from 'vitest';
import { type Axes, axesOf } from './axes.js';
import { extract, gridOf, stridesOf, withoutPadding } from './grid.js';

const [frames, persons, joints] = [5, 2, 3];
/** Of each order of the axes, what is at a frame, person, joint and coordinate. */
const orders: [string, readonly number[], (t: number, m: number, v: number, c: number) => number][] = [
  ['TMVC', [frames, persons, joints, 3], (t, m, v, c) => ((t * persons + m) * joints + v) * 3 + c],
  ['CTVM', [3, frames, joints, persons], (t, m, v, c) => ((c * frames + t) * joints + v) * persons + m],
];

describe.each(orders)('%s', (axes, shape, placeOf) => {
  const at = (t: number, m: number, v: number, c: number, value: number) => {
    const values = new Float32Array(frames * persons * joints * 3);
    values[placeOf(t, m, v, c)] = value;
    return gridOf(values, 0, axes as Axes, shape, stridesOf(shape, false));
  };

  test.each([
    [0, 0, 0, 0],
    [2, 1, 2, 2],
    [4, 0, 1, 0],
  ])('the last number that is not 0 is in frame %i', (t, m, v, c) => {
    const { frames: left, positions } = extract(withoutPadding(at(t, m, v, c, -1)), 'test', '');
    expect(left).toBe(t + 1);
    expect(positions[((t * persons + m) * joints + v) * 3 + c]).toBe(-1);
  });

  test('one frame stays of nothing but zeros, and what is no number stays', () => {
    expect(withoutPadding(at(0, 0, 0, 0, 0)).sizes.T).toBe(1);
    expect(withoutPadding(at(3, 1, 0, 1, Number.NaN)).sizes.T).toBe(4);
  });
});

test('orders of axes are those of arrays', () => {
  expect(axesOf([3, 300, 25, 2], 'test', '')).toBe('CTVM');
});
