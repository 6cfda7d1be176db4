import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { dice, kolmogorovSmirnov } from '../../test/support/dice.js';
import { Random } from '../core/random.js';
import { type Augmentation, augment, augmentationSchema, augmentClip } from './augmentation.js';

const anchors = { root: [0], top: [1, 2], left: [1], right: [2] };
const context = {
  mirror: [0, 2, 1],
  classes: ['left', 'right', 'both'],
  anchors,
  bones: [
    [1, 0],
    [2, 0],
  ] as const,
};

/** Positions of a clip after one step; [x, y, z] of each node, frame by frame. */
function augmented(step: object, nodes: number, positions: readonly number[], random: Random): number[] {
  const clip = clipOf(nodes, positions);
  augment(v.parse(augmentationSchema, step), clip, 0, random, context);
  return [...clip.positions];
}

function clipOf(nodes: number, positions: readonly number[]) {
  return { frames: positions.length / (nodes * 3), nodes, positions: Float32Array.from(positions) };
}

/** One node that moves along y as given. */
function alongY(...values: readonly number[]): number[] {
  return values.flatMap((y) => [0, y, 0]);
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
}

describe('mirror', () => {
  const body = [1, 2, 3, 4, 5, 6, -7, 8, 9];
  const pair = [...body, 10, 20, 30, 40, 50, 60, 70, 80, 90];

  it('turns the sign of x alone and exchanges the joints of each pair', () => {
    expect(augmented({ step: 'mirror', probability: 1 }, 3, body, dice([0]))).toEqual([-1, 2, 3, 7, 8, 9, -4, 5, 6]);
  });

  it('does so in every frame, and twice is never', () => {
    const moving = [...body, ...body.map((value) => value + 100)];
    const once = augmented({ step: 'mirror', probability: 1 }, 3, moving, dice([0]));
    expect(once.slice(9)).toEqual([-101, 102, 103, -93, 108, 109, -104, 105, 106]);
    expect(augmented({ step: 'mirror', probability: 1 }, 3, once, dice([0]))).toEqual(moving);
  });

  it('leaves persons in their order by default, each mirrored in itself', () => {
    expect(augmented({ step: 'mirror', probability: 1 }, 6, pair, dice([0]))).toEqual([
      -1, 2, 3, 7, 8, 9, -4, 5, 6, -10, 20, 30, -70, 80, 90, -40, 50, 60,
    ]);
  });

  it('exchanges the persons where they are ordered from left to right', () => {
    const step = { step: 'mirror', probability: 1, persons: 'swap' };
    expect(augmented(step, 6, pair, dice([0]))).toEqual([
      -10, 20, 30, -70, 80, 90, -40, 50, 60, -1, 2, 3, 7, 8, 9, -4, 5, 6,
    ]);
  });

  test.each([
    ['left', 0, 1],
    ['right', 1, 0],
    ['neither', 2, 2],
  ])('renames the class: %s', (_, label, expected) => {
    const classes = { left: 'right', right: 'left' };
    const step = v.parse(augmentationSchema, { step: 'mirror', probability: 1, classes });
    expect(augment(step, clipOf(3, body), label, dice([0]), context)).toBe(expected);
    const never = { ...step, probability: 0 } as Augmentation;
    expect(augment(never, clipOf(3, body), label, dice([0]), context)).toBe(label);
  });

  it('happens below its probability, not at it', () => {
    const step = { step: 'mirror', probability: 0.25 };
    expect(augmented(step, 3, body, dice([0.25]))).toEqual(body);
    expect(augmented(step, 3, body, dice([0.2499]))).not.toEqual(body);
    const random = new Random(2);
    const runs = Array.from({ length: 4000 }, () => augmented(step, 3, body, random)[0]);
    expect(runs.filter((x) => x === -1).length / 4000).toBeCloseTo(0.25, 1);
  });
});

describe('time-warp', () => {
  it('at no crop and no bend changes nothing', () => {
    const clip = alongY(0, 1, 4, 9, 16);
    expectClose(augmented({ step: 'time-warp' }, 1, clip, new Random(1)), clip);
  });

  it('shows what is between the cropped ends, interpolated', () => {
    // Of the time from 0.25 to 0.75: frame i shows the moment (0.25 + (i + 0.5) / 8) · 4 − 0.5 = 0.75 + i / 2.
    const random = dice([0.5, 0.5, 0.5, 0.5]);
    const found = augmented({ step: 'time-warp', crop: 0.5, bend: 0 }, 1, alongY(0, 1, 4, 9), random);
    expectClose(found, alongY(0.75, 1.75, 3.25, 5.25));
  });

  it('crops the start and the end by numbers of their own', () => {
    // From 0.5 to 1: moments 1.75, 2.25, 2.75, 3.25, and after the last frame the last frame.
    const late = augmented({ step: 'time-warp', crop: 0.5, bend: 0 }, 1, alongY(0, 1, 4, 9), dice([1, 0, 0.5, 0.5]));
    expectClose(late, alongY(3.25, 5.25, 7.75, 9));
    // From 0 to 0.5: moments −0.25, 0.25, 0.75, 1.25, and before the first frame the first.
    const early = augmented({ step: 'time-warp', crop: 0.5, bend: 0 }, 1, alongY(0, 1, 4, 9), dice([0, 1, 0.5, 0.5]));
    expectClose(early, alongY(0, 0.25, 0.75, 1.75));
  });

  it('bends time by half a sine wave, early or late', () => {
    // Moments 4 (u + sin(π u) / π) − 0.5 at u = 1/8, 3/8, …: 0.4872477, 2.17632, then beyond the last frame.
    const ahead = augmented({ step: 'time-warp', bend: 1 }, 1, alongY(0, 10, 20, 30), dice([0, 0, 1, 0.5]));
    expectClose(ahead, alongY(4.872477, 21.7632, 30, 30));
    const late = augmented({ step: 'time-warp', bend: 1 }, 1, alongY(0, 10, 20, 30), dice([0, 0, 0, 0.5]));
    expectClose(late, alongY(0, 0, 8.2368, 25.127523));
  });

  it('bends time by a whole sine wave, ahead in the first half', () => {
    // Moments 4 (u + sin(2 π u) / 2π) − 0.5: the first is 4 (0.125 + 0.112540) − 0.5.
    const found = augmented({ step: 'time-warp', bend: 1 }, 1, alongY(0, 10, 20, 30), dice([0, 0, 0.5, 1]));
    expectClose(found, alongY(4.501582, 14.501582, 15.498418, 25.498418));
  });

  it('moves all nodes and coordinates alike', () => {
    const clip = [0, 1, 2, 10, 20, 30, 4, 5, 6, 50, 60, 70];
    // Two frames, from 0.25 to 1: moments 0.375 and 1.125, which is the last.
    const found = augmented({ step: 'time-warp', crop: 0.25, bend: 0 }, 2, clip, dice([1, 0, 0.5, 0.5]));
    expectClose(found, [1.5, 2.5, 3.5, 25, 35, 45, 4, 5, 6, 50, 60, 70]);
  });
});

describe('amplitude', () => {
  const step = { step: 'amplitude', least: 0.25, most: 4 };

  it('stretches the movement of each coordinate around its mean over time', () => {
    // Means 2, −3 and 10; from them −1, 0 and 1, −2, 1 and 1, and none.
    const clip = [1, -5, 10, 2, -2, 10, 3, -2, 10];
    expectClose(augmented(step, 1, clip, dice([1])), [-2, -11, 10, 2, 1, 10, 6, 1, 10]);
    expectClose(augmented(step, 1, clip, dice([0])), [1.75, -3.5, 10, 2, -2.75, 10, 2.25, -2.75, 10]);
  });

  it('has a mean of its own for each node', () => {
    const clip = [0, 0, 0, 10, 20, 30, 2, 4, 6, 10, 20, 32];
    expectClose(augmented(step, 2, clip, dice([1])), [-3, -6, -9, 10, 20, 27, 5, 10, 15, 10, 20, 35]);
  });

  it('changes nothing from 1 to 1', () => {
    const clip = alongY(1, 5, 9);
    expectClose(augmented({ ...step, least: 1, most: 1 }, 1, clip, new Random(1)), clip);
  });

  it('has a log-uniform factor', () => {
    expectClose(augmented(step, 1, alongY(-1, 1), dice([0.5])), alongY(-1, 1));
    const random = new Random(6);
    const factors = Array.from({ length: 2000 }, () => augmented(step, 1, alongY(-1, 1), random)[4]);
    expect(kolmogorovSmirnov(factors, (x) => Math.log(x / 0.25) / Math.log(16))).toBeLessThan(1.63);
  });
});

describe('rotate', () => {
  const quarter = { step: 'rotate', angle: Math.PI / 2 };

  test.each([
    ['(x, y)', [1, 0.5, 0.5], [-2, 1, 3]],
    ['(y, z)', [0.5, 1, 0.5], [1, -3, 2]],
    ['(x, z)', [0.5, 0.5, 1], [-3, 2, 1]],
    ['(x, y), the other way', [0, 0.5, 0.5], [2, -1, 3]],
    ['(y, z), the other way', [0.5, 0, 0.5], [1, 3, -2]],
    ['(x, z), the other way', [0.5, 0.5, 0], [3, 2, -1]],
    // (1, 2, 3) → (−2, 1, 3) → (−2, −3, 1) → (−1, −3, −2)
    ['(x, y), then (y, z), then (x, z)', [1, 1, 1], [-1, -3, -2]],
  ])('turns by a right angle in the plane %s', (_, shares, expected) => {
    expectClose(augmented(quarter, 1, [1, 2, 3], dice(shares)), expected);
  });

  test.each([
    ['x', [1, -3, 2]],
    ['y', [-3, 2, 1]],
    ['z', [-2, 1, 3]],
  ])('around %s alone draws one angle', (axis, expected) => {
    expectClose(augmented({ ...quarter, axis }, 1, [1, 2, 3], dice([1])), expected);
  });

  it('turns by the angle that is drawn, all nodes and frames alike', () => {
    // 30°: cosine 0.866025, sine 0.5.
    const found = augmented({ step: 'rotate', angle: Math.PI / 3 }, 2, [2, 0, 5, 0, 2, 6], dice([0.75, 0.5, 0.5]));
    expectClose(found, [1.732051, 1, 5, -1, 1.732051, 6]);
    const frames = augmented({ step: 'rotate', angle: Math.PI / 3 }, 1, [2, 0, 5, 2, 0, 5], dice([0.75, 0.5, 0.5]));
    expectClose(frames, [1.732051, 1, 5, 1.732051, 1, 5]);
  });

  it('by no angle changes nothing; by any keeps distances', () => {
    expect(augmented({ step: 'rotate', angle: 0 }, 1, [1, 2, 3], new Random(1))).toEqual([1, 2, 3]);
    const [ax, ay, az, bx, by, bz] = augmented({ step: 'rotate', angle: 3 }, 2, [1, 2, 3, 4, 6, 3], new Random(1));
    expect(Math.hypot(ax - bx, ay - by, az - bz)).toBeCloseTo(5, 5);
    expect(Math.abs(ax - 1)).toBeGreaterThan(0.01);
  });

  it('has uniform angles up to the one given, either way', () => {
    const random = new Random(12);
    // The last plane turned is (x, z): what it does to (0, 1, 0) is nothing, and its y is cos a · cos b.
    const angles = Array.from({ length: 2000 }, () => {
      const [x, , z] = augmented({ step: 'rotate', angle: 0.5 }, 1, [0, 0, 1], random);
      return Math.atan2(-x, z);
    });
    expect(kolmogorovSmirnov(angles, (angle) => angle + 0.5)).toBeLessThan(1.63);
  });
});

describe('unit: spine', () => {
  // The middle of the tops is (3, 4, 0), 5 from the root; then (10, 13, 1), 15 from the root (1, 1, 1): 10 in the mean.
  const clip = [0, 0, 0, 3, 4, 4, 3, 4, -4, 1, 1, 1, 10, 13, 1, 10, 13, 1];

  it('takes parts of the mean distance root → top, of several joints their middle', () => {
    const step = { step: 'body', deviation: 0.2, unit: 'spine' };
    const moves = dice([], [1, 0, 0, 0, 1, 0, 0, 0, -1]);
    const expected = [2, 0, 0, 0, 2, 0, 0, 0, -2];
    expectClose(
      augmented(step, 3, clip, moves).map((value, i) => value - clip[i]),
      [...expected, ...expected],
    );
  });

  it('of noise too: two persons count alike', () => {
    const pair = [0, 0, 0, 0, 4, 0, 0, 4, 0, 0, 0, 0, 0, 0, 8, 0, 0, 8]; // spines of 4 and 8
    const draws = dice([0.5, ...Array<number>(18).fill(1)]);
    const found = augmented({ step: 'jitter', deviation: 0.5, unit: 'spine' }, 6, pair, draws);
    expectClose(
      found.map((value, i) => value - pair[i]),
      Array(18).fill(Math.sqrt(3) * 1.5),
    );
  });
});

describe('scale', () => {
  it('stretches each axis by a factor of its own', () => {
    const found = augmented({ step: 'scale', amount: 0.5 }, 2, [2, 2, 2, -4, 6, 8], dice([0, 0.5, 1]));
    expectClose(found, [1, 2, 3, -2, 6, 12]);
  });

  it('by 0 changes nothing', () => {
    expect(augmented({ step: 'scale', amount: 0 }, 1, [1, 2, 3, 4, 5, 6], new Random(1))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('has uniform factors around 1', () => {
    const random = new Random(5);
    const factors = Array.from({ length: 1000 }, () => augmented({ step: 'scale', amount: 0.2 }, 1, [1, 1, 1], random));
    expect(kolmogorovSmirnov(factors.flat(), (x) => (x - 0.8) / 0.4)).toBeLessThan(1.63);
  });
});

describe('body', () => {
  it('moves each coordinate of each joint by an offset that stays for the clip', () => {
    const clip = [0, 0, 0, 10, 10, 10, 5, 5, 5, 20, 20, 20];
    const found = augmented({ step: 'body', deviation: 0.5 }, 2, clip, dice([], [1, -2, 0, 4, 0.5, 6]));
    expectClose(found, [0.5, -1, 0, 12, 10.25, 13, 5.5, 4, 5, 22, 20.25, 23]);
  });

  it('by 0 changes nothing', () => {
    expect(augmented({ step: 'body', deviation: 0 }, 1, [1, 2, 3], new Random(1))).toEqual([1, 2, 3]);
  });
});

describe('jitter', () => {
  it('moves every coordinate of every frame by less than √3 times the deviation that was drawn', () => {
    // Half of the deviation 2: uniform from −√3 to √3.
    const found = augmented(
      { step: 'jitter', deviation: 2 },
      1,
      [0, 0, 0, 5, 5, 5],
      dice([0.5, 0, 0.5, 1, 0.75, 1, 0]),
    );
    expectClose(found, [-1.732051, 0, 1.732051, 5.866025, 6.732051, 3.267949]);
  });

  it('by 0, given or drawn, changes nothing', () => {
    const still = Array<number>(6).fill(1);
    expect(augmented({ step: 'jitter', deviation: 0 }, 1, still, new Random(1))).toEqual(still);
    expect(augmented({ step: 'jitter', deviation: 1 }, 1, still, dice([0, 0, 1, 0, 1, 0, 1]))).toEqual(still);
  });

  it('has the deviation that was drawn', () => {
    const random = new Random(9);
    let shares = 0;
    const numbers = {
      uniform: (low?: number, high?: number) => (shares++ ? random.uniform(low, high) : 0.6),
    } as Random;
    const noise = augmented({ step: 'jitter', deviation: 0.5 }, 1, Array(6000).fill(0), numbers);
    expect(Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length)).toBeCloseTo(0.3, 2);
  });
});

test('steps run in their order, the label going through them', () => {
  const steps = [
    { step: 'mirror', probability: 1, classes: { left: 'right' } },
    { step: 'body', deviation: 1 },
    { step: 'mirror', probability: 1, classes: { right: 'both' } },
  ].map((step) => v.parse(augmentationSchema, step));
  const clip = clipOf(3, [1, 0, 0, 2, 0, 0, 3, 0, 0]);
  const label = augmentClip(steps, clip, 0, dice([0, 0], [10, 0, 0, 20, 0, 0, 30, 0, 0]), context);
  // Mirrored −1, −3, −2; moved 9, 17, 28; mirrored −9, −28, −17.
  expect([...clip.positions]).toEqual([-9, 0, 0, -28, 0, 0, -17, 0, 0]);
  expect(label).toBe(2);
});
