import { describe, expect, it, test } from 'vitest';
import { type PoseStep, poseSteps } from './pose.js';

/** Root, top, left, right: a body of four joints that are its anchors. */
const anchors = { root: [0], top: [1], left: [2], right: [3] };

/** What a step makes of [frames][persons][joints × 3]. */
function posed(step: PoseStep, frames: readonly (readonly (readonly number[])[])[], chosen = anchors) {
  const [persons, joints] = [frames[0].length, frames[0][0].length / 3];
  const positions = Float32Array.from(frames.flat(2));
  const before = positions.slice();
  const result = poseSteps[step.step]({ frames: frames.length, persons, joints, positions }, chosen, step as never);
  expect(positions).toEqual(before); // the sequence itself is never changed
  expect([result.persons, result.joints]).toEqual([persons, joints]);
  expect(result.positions).toHaveLength(result.frames * persons * joints * 3);
  return result;
}

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
}

describe('resample', () => {
  /** One joint that moves along x as given; y and z are 2 and −4 times x. */
  function resampled(values: readonly number[], frames: number): number[] {
    const { positions, frames: count } = posed(
      { step: 'resample', frames },
      values.map((x) => [[x, 2 * x, -4 * x]]),
    );
    expect(count).toBe(frames);
    for (let i = 0; i < count; i++) {
      expectClose(positions.subarray(i * 3 + 1, i * 3 + 3), [2 * positions[i * 3], -4 * positions[i * 3]]);
    }
    return [...positions].filter((_, i) => i % 3 === 0);
  }

  test.each([
    ['to as many frames: nothing changes', [3, 1, 4, 1], [3, 1, 4, 1]],
    ['4 to 2: means of two', [0, 2, 4, 10], [1, 7]],
    // The second of three frames is shared: (0 + 3 / 2) / 1.5 and (3 / 2 + 9) / 1.5.
    ['3 to 2: a frame is shared by two', [0, 3, 9], [1, 7]],
    ['2 to 4: each twice', [1, 3], [1, 1, 3, 3]],
    ['2 to 3: the middle one is half of each', [1, 3], [1, 2, 3]],
    // Spans of 5/3: (2 + 4 · 2/3), (4 / 3 + 6 + 8 / 3), (8 · 2/3 + 10), each divided by 5/3.
    ['5 to 3', [2, 4, 6, 8, 10], [2.8, 6, 9.2]],
    ['1 to 2: held', [7], [7, 7]],
  ])('%s', (_, values, expected) => {
    expectClose(resampled(values, expected.length), expected);
  });

  it('keeps the mean of any number of frames', () => {
    const values = Array.from({ length: 37 }, (_, i) => Math.sin(i * i));
    const mean = (all: readonly number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
    for (const frames of [2, 8, 36, 37, 38, 64]) {
      expect(mean(resampled(values, frames))).toBeCloseTo(mean(values), 5);
    }
  });

  it('keeps persons and joints apart', () => {
    const { positions } = posed({ step: 'resample', frames: 1 }, [
      [
        [1, 2, 3, 4, 5, 6],
        [10, 20, 30, 40, 50, 60],
      ],
      [
        [3, 4, 5, 6, 7, 8],
        [30, 40, 50, 60, 70, 80],
      ],
    ]);
    expectClose(positions, [2, 3, 4, 5, 6, 7, 20, 30, 40, 50, 60, 70]);
  });
});

describe('order-persons', () => {
  const one = { root: [0], top: [0], left: [0], right: [0] };

  /** The persons' x in each frame; y is the number of the person, which tells who it is. */
  function ordered(frames: readonly (readonly number[])[], chosen = one): number[] {
    const all = frames.map((xs) => xs.map((x, person) => [x, person, 0]));
    return [...posed({ step: 'order-persons' }, all, chosen).positions].filter((_, i) => i % 3 === 1);
  }

  it('puts the left one first, in every frame', () => {
    expect(ordered([[3, 1], ...Array(5).fill([2, 1])])).toEqual(Array(6).fill([1, 0]).flat());
    expect(ordered([[1, 3]])).toEqual([0, 1]);
    expect(ordered([[5, 9, -1, 7]])).toEqual([2, 0, 3, 1]);
  });

  it('looks at the mean over the first five frames, not at the sixth', () => {
    const start = Array(4).fill([2, 1]);
    expect(ordered([...start, [2, 1], [-100, 1]]).slice(0, 2)).toEqual([1, 0]);
    expect(ordered([...start, [-100, 1], [2, 1]]).slice(0, 2)).toEqual([0, 1]);
    expect(ordered([[2, 1], [-100, 1], ...start]).slice(0, 2)).toEqual([0, 1]);
  });

  it('leaves persons in their order who stand at the same x', () => {
    expect(ordered([[2, 2, 1]])).toEqual([2, 0, 1]);
  });

  it('looks at the middle of several roots, whole skeletons moving', () => {
    const chosen = { ...one, root: [0, 2] };
    // Person 0: roots at 0 and 6, person 1: at 1 and 3. The middles are 3 and 2.
    const [left, right] = [
      [0, 1, 2, 9, 9, 9, 6, 7, 8],
      [1, 5, 5, -9, -9, -9, 3, 4, 4],
    ];
    expect([...posed({ step: 'order-persons' }, [[left, right]], chosen).positions]).toEqual([...right, ...left]);
  });
});

describe('center', () => {
  // Spine lengths (root → top): 2 and 4 for the first person, 6 and 4 for the second.
  const frames = [
    [
      [1, 1, 1, 1, 3, 1],
      [10, 0, 0, 16, 0, 0],
    ],
    [
      [3, 5, 7, 3, 5, 11],
      [20, 0, 4, 20, 4, 4],
    ],
  ];
  const spine = { root: [0], top: [1], left: [0], right: [0] };

  it('of each person: the root of every frame is the origin', () => {
    const { positions } = posed({ step: 'center', persons: 'each', scale: 'none' }, frames, spine);
    expectClose(positions, [0, 0, 0, 0, 2, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0]);
  });

  it('of all: the mean root of persons and frames is the origin', () => {
    // Mean root: ((1 + 10 + 3 + 20) / 4, (1 + 0 + 5 + 0) / 4, (1 + 0 + 7 + 4) / 4) = (8.5, 1.5, 3)
    const { positions } = posed({ step: 'center', persons: 'all', scale: 'none' }, frames, spine);
    expectClose(positions, [
      ...[-7.5, -0.5, -2, -7.5, 1.5, -2, 1.5, -1.5, -3, 7.5, -1.5, -3],
      ...[-5.5, 3.5, 4, -5.5, 3.5, 8, 11.5, -1.5, 1, 11.5, 2.5, 1],
    ]);
  });

  it('divides by the mean spine of all persons and frames, one factor for all', () => {
    // (2 + 4 + 6 + 4) / 4 = 4
    const { positions } = posed({ step: 'center', persons: 'each', scale: 'spine' }, frames, spine);
    expectClose(positions, [0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
    const all = posed({ step: 'center', persons: 'all', scale: 'spine' }, frames, spine).positions;
    expectClose(all.subarray(0, 3), [-7.5 / 4, -0.5 / 4, -2 / 4]);
  });

  it('takes the middle of several joints as root and as top', () => {
    const middle = { root: [0, 1], top: [2, 3], left: [0], right: [0] };
    // Root (1, 2, 3), top (1, 2, 8): a spine of 5.
    const frame = [0, 2, 3, 2, 2, 3, 1, 0, 8, 1, 4, 8];
    const { positions } = posed({ step: 'center', persons: 'each', scale: 'spine' }, [[frame]], middle);
    expectClose(positions, [-0.2, 0, 0, 0.2, 0, 0, 0, -0.4, 1, 0, 0.4, 1]);
  });

  it('stays finite for a skeleton in one point', () => {
    const { positions } = posed({ step: 'center', persons: 'each', scale: 'spine' }, [[Array(12).fill(3)]]);
    expect([...positions]).toEqual(Array(12).fill(0));
  });
});

describe('body-frame', () => {
  const spine = { step: 'body-frame', up: 'spine' } as const;

  it('has side, up and forward axes of the mean pose, the spine as unit', () => {
    // Up is z, right → left is y, side × up is x; the spine is 2. Left is (3, 4, 8) from the root.
    const frame = [1, 1, 1, 1, 1, 3, 4, 5, 9, 4, 2, 9];
    expectClose(posed(spine, [[frame]]).positions, [0, 0, 0, 0, 1, 0, 2, 4, 1.5, 0.5, 4, 1.5]);
  });

  it('takes from the side axis what leans along the spine', () => {
    // Right → left is (0, 2, 2); without its part along z it is (0, 2, 0): the axes are as above.
    const frame = [0, 0, 0, 0, 0, 2, 0, 1, 1, 0, -1, -1];
    expectClose(posed(spine, [[frame]]).positions, [0, 0, 0, 0, 1, 0, 0.5, 0.5, 0, -0.5, -0.5, 0]);
  });

  test.each([
    // Spine (2, 3, 6) of length 7, right → left along one axis: side, up, forward = side × up.
    ['x', [0, 7, 0], [3 / 7, 2 / 7, -6 / 7]],
    ['y', [7, 0, 0], [2 / 7, 3 / 7, 6 / 7]],
    ['z', [7, 0, 0], [2 / 7, 6 / 7, -3 / 7]],
  ] as const)('along the vertical %s keeps the lean of the body', (up, across, top) => {
    const frame = [1, 1, 1, 3, 4, 7, ...across.map((value) => 1 + value), 1, 1, 1];
    expectClose(posed({ step: 'body-frame', up }, [[frame]]).positions, [0, 0, 0, ...top, 1, 0, 0, 0, 0, 0]);
  });

  it('is one for all frames, each of them at its root; the unit is the mean length', () => {
    // Spines (0, 2, 0) and (0, 0, 4) of mean length 3, mean direction (0, 1, 2) / √5; across x; forward (0, −2, 1) / √5.
    const frames = [[[0, 0, 0, 0, 2, 0, 1, 0, 0, -1, 0, 0]], [[5, 6, 7, 5, 6, 11, 6, 6, 7, 4, 6, 7]]];
    const [a, b] = [1 / (3 * Math.sqrt(5)), 2 / (3 * Math.sqrt(5))];
    expectClose(posed(spine, frames).positions, [
      ...[0, 0, 0, 0, 2 * a, -2 * b, 1 / 3, 0, 0, -1 / 3, 0, 0],
      ...[0, 0, 0, 0, 4 * b, 4 * a, 1 / 3, 0, 0, -1 / 3, 0, 0],
    ]);
  });

  it('gives each person axes and a unit of its own', () => {
    const upright = [0, 0, 0, 0, 2, 0, 1, 0, 0, -1, 0, 0];
    const lying = [9, 9, 9, 9, 9, 13, 9, 11, 9, 9, 7, 9];
    const expected = [0, 0, 0, 0, 1, 0, 0.5, 0, 0, -0.5, 0, 0];
    expectClose(posed(spine, [[upright, lying]]).positions, [...expected, ...expected]);
  });

  it('does not depend on where the body stood, how it was turned and how large it was', () => {
    const body = Array.from({ length: 24 }, (_, i) => Math.sin(i * i + 1));
    const frames = [[body.slice(0, 12)], [body.slice(12)]];
    const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
    const moved = frames.map(([joints]) => [
      joints.map((_, i) => {
        const [x, y, z] = joints.slice(i - (i % 3), i - (i % 3) + 3);
        return 5 + 3 * [cosine * x - sine * z, y, sine * x + cosine * z][i % 3];
      }),
    ]);
    expectClose(posed(spine, moved).positions, [...posed(spine, frames).positions]);
  });

  it('stays finite for a skeleton in one point', () => {
    expect([...posed(spine, [[Array(12).fill(3)]]).positions]).toEqual(Array(12).fill(0));
  });
});

describe('heading', () => {
  const facingX = [1, 1, 1, 1, 3, 1, 1, 2, 0, 1, 2, 2]; // right → left is −z: x looks forward, y up

  it('turns side to x, up to y and forward to z; the origin stays', () => {
    expectClose(posed({ step: 'heading', up: 'y' }, [[facingX]]).positions, [-1, 1, 1, -1, 3, 1, 0, 2, 1, -2, 2, 1]);
  });

  test.each([
    // Side, up and forward of a right → left along one axis are permutations of x, y and z.
    ['x', [0, 7, 0], [3, 2, -6]],
    ['y', [7, 0, 0], [2, 3, 6]],
    ['z', [0, 7, 0], [3, 6, 2]],
  ] as const)('with the vertical %s', (up, across, top) => {
    const frame = [0, 0, 0, 2, 3, 6, ...across, 0, 0, 0];
    expectClose(posed({ step: 'heading', up }, [[frame]]).positions.subarray(0, 6), [0, 0, 0, ...top]);
  });

  it('is that of the first five frames: a body that turns later is seen to turn', () => {
    const turned = [1, 1, 1, 1, 3, 1, 2, 2, 1, 0, 2, 1]; // right → left is x
    const { positions } = posed({ step: 'heading', up: 'y' }, [...Array(5).fill([facingX]), [turned]]);
    expectClose(positions.subarray(60, 72), [-1, 1, 1, -1, 3, 1, -1, 2, 2, -1, 2, 0]);
    const earlier = posed({ step: 'heading', up: 'y' }, [...Array(4).fill([facingX]), [turned]]).positions;
    expect(earlier[0]).not.toBeCloseTo(-1, 3);
  });

  it("is the first person's for all, who keep their places to one another", () => {
    const other = facingX.map((value, i) => [5, 0, -2][i % 3] + (i % 3 === 0 ? -value : value));
    const { positions } = posed({ step: 'heading', up: 'y' }, [[facingX, other]]);
    // (x, y, z) → (−z, y, x)
    expectClose(
      positions.subarray(12),
      other.map((_, i) => [-other[i - (i % 3) + 2], other[i], other[i - (i % 3)]][i % 3]),
    );
  });

  it('leaves no lean in the vertical: only the part of right → left that is level counts', () => {
    const leaning = [0, 0, 0, 0, 2, 0, 3, 5, 4, 0, 0, 0];
    expectClose(posed({ step: 'heading', up: 'y' }, [[leaning]]).positions.subarray(6, 9), [5, 5, 0]);
  });
});
