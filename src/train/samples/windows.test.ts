import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Sample } from '../../data/dataset.js';
import { augmentationsSchema } from '../../skeleton/augmentation.js';
import { sequencesOfEach, trainingSequences, windowSeconds } from './windows.js';

/** A joint whose x is the number of the frame in the whole recording. */
function frames(first: number, count: number, framesPerSecond?: number) {
  const positions = Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 0 ? first + i / 3 : 0));
  const sequence = { frames: count, persons: 1, joints: 1, positions };
  if (framesPerSecond === undefined) return sequence;
  return { ...sequence, seconds: Float64Array.from({ length: count }, (_, i) => i / framesPerSecond) };
}

interface Place {
  readonly label?: number;
  readonly first?: number;
  readonly count: number;
  /** First frame and number of frames of what was recorded around it. */
  readonly around?: readonly [first: number, count: number];
  readonly framesPerSecond?: number;
}

function sampleAt({ label = 0, first = 0, count, around, framesPerSecond }: Place): Sample {
  const sample = { id: 'a', subject: '', label, ...frames(first, count, framesPerSecond) };
  if (around === undefined) return sample;
  return { ...sample, within: { first: first - around[0], sequence: frames(...around, framesPerSecond) } };
}

const step = (options: object = {}) => v.parse(augmentationsSchema, [{ step: 'windows', ...options }]);

function sequences(samples: readonly Sample[], options: object = {}, seed = 1) {
  const dataset = { samples, classes: ['a', 'rest'], nothing: ['rest'] };
  return [...trainingSequences({ augmentation: step(options), seed }, dataset, [...samples.keys()])];
}

/** The numbers of the frames that a sequence shows. */
const shown = ({ positions }: { readonly positions: Float32Array }) => [...positions].filter((_, i) => i % 3 === 0);

test('without the step, the samples alone', () => {
  const dataset = { samples: [sampleAt({ count: 5 })], classes: ['a'] };
  expect([...trainingSequences({ augmentation: [], seed: 1 }, dataset, [0])]).toEqual([dataset.samples[0]]);
  expect(sequencesOfEach([])).toBe(1);
  expect(sequencesOfEach(step({ each: 7 }))).toBe(8);
  expect(() => v.parse(augmentationsSchema, [{ step: 'windows' }, { step: 'windows' }])).toThrow('one step windows');
});

describe('windows of a segment', () => {
  const segment = sampleAt({ first: 100, count: 20, around: [60, 100] });
  const [whole, ...windows] = sequences([segment], { each: 60, share: 0.6 });

  test('follow the segment itself, and are as long as the median movement', () => {
    expect(whole).toBe(segment);
    expect(windows).toHaveLength(60);
    expect(new Set(windows.map((window) => window.frames))).toEqual(new Set([20]));
  });

  test('show the frames of the recording one after the other, real ones on both sides', () => {
    for (const window of windows) {
      const [start] = shown(window);
      expect(shown(window)).toEqual(Array.from({ length: 20 }, (_, i) => start + i));
    }
  });

  test('show three fifths of it at least: 12 of 20 frames, from 92 to 108 on', () => {
    const starts = windows.map((window) => shown(window)[0]);
    expect(Math.min(...starts)).toBe(92);
    expect(Math.max(...starts)).toBe(108);
    expect(new Set(starts).size).toBeGreaterThan(10);
  });

  test('are others with another seed, and the same with the same', () => {
    const starts = (seed: number) => sequences([segment], { each: 20 }, seed).map((window) => shown(window)[0]);
    expect(starts(1)).toEqual(starts(1));
    expect(starts(1)).not.toEqual(starts(2));
  });
});

test('a movement shorter than the window is shown to its share of itself', () => {
  // the median of 10, 30 and 30 is 30 frames; 6 of 10 frames are shown, so that windows start from 76 to 104
  const short = sampleAt({ first: 100, count: 10, around: [0, 300] });
  const [, ...all] = sequences([short, sampleAt({ count: 30 }), sampleAt({ count: 30 })], { each: 64 });
  const starts = all.slice(0, 64).map((window) => shown(window)[0]);
  expect(Math.min(...starts)).toBe(76);
  expect(Math.max(...starts)).toBe(104);
});

test('beyond the ends of a recording a quarter of the window is held at most', () => {
  const [, ...windows] = sequences([sampleAt({ count: 20 })], { each: 60 });
  const ends = windows.map((window) => [shown(window)[0], shown(window)[19]]);
  const held = windows.map((window) => 20 - new Set(shown(window)).size);
  expect(Math.max(...held)).toBe(5);
  expect(ends.every(([first, last]) => first === 0 || last === 19)).toBe(true);
});

test('what means nothing is shown to three quarters of the window, and does not count in its length', () => {
  const rest = sampleAt({ label: 1, first: 100, count: 40, around: [0, 300] });
  const short = sampleAt({ label: 1, first: 200, count: 12, around: [0, 300] });
  const all = sequences([rest, rest, rest, sampleAt({ count: 20 }), short], { each: 60 });
  const starts = all.slice(0, 183).flatMap((one) => (one === rest ? [] : shown(one)[0]));
  expect(Math.min(...starts)).toBe(95);
  expect(Math.max(...starts)).toBe(125);
  expect(all.slice(-60).every((window) => window === short)).toBe(true); // 12 frames are less than 15
});

test('lengths are in seconds where there are time stamps, and time goes on where a pose is held', () => {
  const slow = sampleAt({ count: 10, framesPerSecond: 10 });
  const fast = sampleAt({ count: 60, framesPerSecond: 60 });
  const dataset = { samples: [slow, fast], classes: ['a'], nothing: [] };
  expect(windowSeconds(dataset, [0, 1], 1.5)).toBeCloseTo(1.5, 9);
  const windows = sequences([slow, fast], { each: 8, length: 1.2 });
  expect(windows.slice(1, 9).every((window) => window.frames === 12)).toBe(true);
  expect(windows.slice(10).every((window) => window.frames === 72)).toBe(true);
  for (const { seconds } of windows.slice(1, 9)) {
    expect(seconds!.every((time, i) => i === 0 || Math.abs(time - seconds![i - 1] - 0.1) < 1e-9)).toBe(true);
  }
});
