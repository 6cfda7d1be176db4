import { describe, expect, it, test } from 'vitest';
import type { ChannelStep } from './channels.js';
import { Pipeline, standardise } from './pipeline.js';

/** Two joints, the tip a child of the base. */
const skeleton = {
  joints: ['base', 'tip'],
  bones: [[1, 0]] as const,
  anchors: { root: [0], top: [1], left: [0], right: [1] },
};

type Frames = readonly (readonly number[])[];

/** The channels of each node; a frame is [persons][joints][x, y, z] laid end to end, and none is resampled. */
function channelsOf(channels: readonly ChannelStep[], frames: Frames, needed?: Uint8Array): number[][] {
  const persons = frames[0].length / 6;
  const pose = [{ step: 'resample', frames: frames.length }] as const;
  const pipeline = new Pipeline({ pose, channels }, skeleton, persons, needed);
  const features = pipeline.features({
    frames: frames.length,
    persons,
    joints: 2,
    positions: Float32Array.from(frames.flat()),
  });
  expect(features).toHaveLength(pipeline.nodes * pipeline.channels);
  return Array.from({ length: pipeline.nodes }, (_, node) => [
    ...features.subarray(node * pipeline.channels, (node + 1) * pipeline.channels),
  ]);
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
}

/** The tip is 3, 4, 0 from the base in the first two frames, then comes nearer. */
const frames: Frames = [
  [1, 0, -1, 4, 4, -1],
  [3, 0, -2, 6, 4, -2],
  [5, 0, -4, 5, 2, -4],
  [7, 0, -9, 7, 0, -8],
];

describe('positions', () => {
  it('are the means of x, y, z in each part of the frames', () => {
    const [base, tip] = channelsOf([{ step: 'positions', chunks: 2 }], frames);
    expectClose(base, [2, 0, -1.5, 6, 0, -6.5]);
    expectClose(tip, [5, 4, -1.5, 6, 1, -6]);
  });

  it('in one part are the mean, in as many as frames the frames', () => {
    expectClose(channelsOf([{ step: 'positions', chunks: 1 }], frames)[1], [5.5, 2.5, -3.75]);
    expectClose(channelsOf([{ step: 'positions', chunks: 4 }], frames)[0], [1, 0, -1, 3, 0, -2, 5, 0, -4, 7, 0, -9]);
  });
});

describe('velocities', () => {
  it('are the steps from each mean to the next', () => {
    const [base, tip] = channelsOf([{ step: 'velocities', chunks: 2 }], frames);
    expectClose(base, [4, 0, -5]);
    expectClose(tip, [1, -3, -4.5]);
    expectClose(channelsOf([{ step: 'velocities', chunks: 4 }], frames)[1], [2, 0, -1, -1, -2, -2, 2, -2, -4]);
  });
});

describe('statistics', () => {
  it('are mean, standard deviation (of the population), least and greatest of x, y, z', () => {
    // x of the base: 1, 3, 5, 7: deviations −3, −1, 1, 3 from 4, variance 5. z: −1, −2, −4, −9: 3, 2, 0, −5 from −4, 9.5.
    const [base, tip] = channelsOf([{ step: 'statistics' }], frames);
    expectClose(base, [4, 0, -4, Math.sqrt(5), 0, Math.sqrt(9.5), 1, 0, -9, 7, 0, -1]);
    // x: 4, 6, 5, 7, variance 1.25. y: 4, 4, 2, 0, variance 2.75. z: −1, −2, −4, −8, variance 7.1875.
    const deviations = [1.25, 2.75, 7.1875].map(Math.sqrt);
    expectClose(tip, [5.5, 2.5, -3.75, ...deviations, 4, 0, -8, 7, 4, -1]);
  });

  it('have no deviation, rather than NaN, where nothing moves far from the origin', () => {
    // The sums of 100 squares are rounded: mean square − squared mean is −2.3e-9.
    const still = Array.from({ length: 100 }, () => [1002.59, 0, 0, 0, 0, 0]);
    const [base] = channelsOf([{ step: 'statistics' }], still);
    expect(base[3]).toBe(0);
  });
});

describe('bone-statistics', () => {
  it('are those of the vector from the parent to the joint; a joint without a parent has none', () => {
    // Tip − base: x 3, 3, 0, 0; y 4, 4, 2, 0; z 0, 0, 0, 1.
    const [base, tip] = channelsOf([{ step: 'bone-statistics' }], frames);
    expect(base).toEqual(Array(12).fill(0));
    expectClose(tip, [1.5, 2.5, 0.25, 1.5, Math.sqrt(2.75), Math.sqrt(3) / 4, 0, 0, 0, 3, 4, 1]);
  });
});

describe('distances', () => {
  it('are statistics, then means in each part, of the distance to each named joint', () => {
    // Tip to base: 5, 5, 2, 1: mean 3.25, squares 55 / 4 − 10.5625 = 3.1875.
    const [base, tip] = channelsOf([{ step: 'distances', joints: ['base'], chunks: 2 }], frames);
    expectClose(base, [0, 0, 0, 0, 0, 0]);
    expectClose(tip, [3.25, Math.sqrt(3.1875), 1, 5, 5, 1.5]);
  });

  it('to several joints are beside each other, statistic by statistic', () => {
    const step = { step: 'distances', joints: ['tip', 'base'], chunks: 1 } as const;
    const [base, tip] = channelsOf([step], frames);
    const deviation = Math.sqrt(3.1875);
    expectClose(base, [3.25, 0, deviation, 0, 1, 0, 5, 0, 3.25, 0]);
    expectClose(tip, [0, 3.25, 0, deviation, 0, 1, 0, 5, 0, 3.25]);
  });

  it('are to the joints of every person, person by person', () => {
    // Bases at 0 and 10 along x; tips 1 above their base.
    const pair = [0, 0, 0, 0, 1, 0, 10, 0, 0, 10, 1, 0];
    const found = channelsOf([{ step: 'distances', joints: ['base'], chunks: 1 }], [pair, pair]);
    const far = Math.sqrt(101);
    const expected = [
      [0, 10],
      [1, far],
      [10, 0],
      [far, 1],
    ];
    for (const [node, [a, b]] of expected.entries()) expectClose(found[node], [a, b, 0, 0, a, b, a, b, a, b]);
  });
});

test('bones of a second person are its own', () => {
  const pair = [0, 0, 0, 0, 1, 0, 10, 0, 0, 10, 3, 4];
  const found = channelsOf([{ step: 'bone-statistics' }], [pair, pair]);
  expect(found.map((node) => node.slice(0, 3))).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
    [0, 3, 4],
  ]);
});

test('the channels of several steps are beside each other, in the order of the steps', () => {
  const steps: ChannelStep[] = [
    { step: 'velocities', chunks: 2 },
    { step: 'distances', joints: ['base'], chunks: 1 },
    { step: 'positions', chunks: 1 },
  ];
  const [, tip] = channelsOf(steps, frames);
  expectClose(tip, [1, -3, -4.5, 3.25, Math.sqrt(3.1875), 1, 5, 3.25, 5.5, 2.5, -3.75]);
});

test('signals of which no channel is needed may stay zero; the needed ones are as ever', () => {
  // Of the tip, the second part of y alone.
  const needed = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  const [base, tip] = channelsOf([{ step: 'positions', chunks: 2 }], frames, needed);
  expect(base).toEqual(Array(6).fill(0));
  expectClose(tip, [0, 4, 0, 0, 1, 0]);
});

test('a pipeline resamples exactly once', () => {
  const pipeline = (...pose: { step: 'resample'; frames: number }[]) =>
    new Pipeline({ pose, channels: [{ step: 'statistics' }] }, skeleton, 1);
  expect(() => pipeline()).toThrow(RangeError);
  expect(() => pipeline({ step: 'resample', frames: 2 }, { step: 'resample', frames: 2 })).toThrow(RangeError);
});

test('pose steps run in their order, before the channels', () => {
  // The spine turns from (0, 2, 0) to (2, 0, 0): its mean is (1, 1, 0), its mean length 2, the length of its mean √2.
  const positions = Float32Array.of(1, 0, 0, 1, 2, 0, 3, 0, 0, 5, 0, 0);
  const recording = { frames: 2, persons: 1, joints: 2, positions };
  const center = { step: 'center', persons: 'each', scale: 'spine' } as const;
  const resample = { step: 'resample', frames: 1 } as const;
  const features = (...pose: ConstructorParameters<typeof Pipeline>[0]['pose']) => [
    ...new Pipeline({ pose, channels: [{ step: 'positions', chunks: 1 }] }, skeleton, 1).features(recording),
  ];
  expectClose(features(resample), [2, 0, 0, 3, 1, 0]);
  expectClose(features(center, resample), [0, 0, 0, 0.5, 0.5, 0]);
  expectClose(features(resample, center), [0, 0, 0, Math.SQRT1_2, Math.SQRT1_2, 0]);
});

test('features are standardised, and clamped to ± 6', () => {
  const features = Float32Array.of(5, 5, 100, -100, 3, 3);
  const [mean, inverseDeviation] = [Float32Array.of(1, 1, 0, 0, 3, -3), Float32Array.of(0.5, 1, 0.0625, 0.25, 9, 1)];
  expect(standardise(features, mean, inverseDeviation)).toBe(features);
  expect([...features]).toEqual([2, 4, 6, -6, 0, 6]);
  expect([...standardise(Float32Array.of(-7), Float32Array.of(0), Float32Array.of(0.5))]).toEqual([-3.5]);
});
