import { describe, expect, test } from 'vitest';
import type { Movement } from '../../runtime/stream/spotter.js';
import { coveredTime, matchMovements, type Protocol, type TrueSegment } from './match.js';
import { scoreStreams } from './score-streams.js';

const segment = (label: number, start: number, end: number): TrueSegment => ({ label, start, end });
const movement = (label: number, start: number, end: number, known = end): Movement => {
  return { label, start, end, known, probability: 0.9 };
};

const match = (segments: TrueSegment[], movements: Movement[], protocol: Protocol) =>
  matchMovements({ segments, movements }, protocol);

describe('a movement finds a segment of its class', () => {
  test.each([
    ['shares more than half of it', [10, 12.1], [0]],
    ['shares half of it', [10, 12], [-1]],
    ['is twice as long', [8, 16], [0]],
    ['is more than twice as long', [8, 16.1], [-1]],
    ['lies beside it', [14, 18], [-1]],
  ] as const)('by overlap where it %s', (_, [start, end], expected) => {
    expect(match([segment(0, 10, 14)], [movement(0, start, end)], 'overlap')).toEqual(expected);
    expect(match([segment(0, 10, 14)], [movement(1, start, end)], 'overlap')).toEqual([-1]);
  });

  test.each([
    ['a second before it', 9, [0]],
    ['more than a second before it', 8.9, [-1]],
    ['at its end', 14, [0]],
    ['after it', 14.1, [-1]],
  ] as const)('by its start %s', (_, start, expected) => {
    expect(match([segment(0, 10, 14)], [movement(0, start, 30)], 'start')).toEqual(expected);
    expect(match([segment(0, 10, 14)], [movement(1, start, 30)], 'start')).toEqual([-1]);
  });

  test('that no movement before it has found', () => {
    expect(match([segment(0, 10, 14)], [movement(0, 10, 12.5), movement(0, 10, 14)], 'overlap')).toEqual([0, -1]);
    expect(match([segment(0, 0, 2), segment(0, 2, 4)], [movement(0, 1, 4), movement(0, 1, 2)], 'start')).toEqual([
      1, 0,
    ]);
  });
});

test('time that is covered twice counts once', () => {
  expect(coveredTime([segment(0, 5, 6), segment(0, 0, 2), segment(1, 1, 3), segment(1, 1.5, 2)])).toBe(4);
  expect(coveredTime([])).toBe(0);
});

describe('scores of two streams', () => {
  // The first: found with a delay of 1.5; taken for another class; found twice. The second: an alarm, a miss.
  const first = {
    seconds: 40,
    segments: [segment(0, 10, 14), segment(1, 20, 22), segment(0, 30, 34)],
    movements: [
      movement(0, 11, 14, 11.5),
      movement(2, 20, 22, 21),
      movement(0, 30, 33, 32.5),
      movement(0, 33.5, 34.5, 34),
    ],
  };
  const second = { seconds: 20, segments: [segment(2, 0, 8)], movements: [movement(1, 10, 11)] };
  const score = scoreStreams([first, second], 'overlap');

  test('count what is found and what is false', () => {
    expect(score).toMatchObject({ streams: 2, segments: 4, found: 2, detection: 0.5 });
    expect(score).toMatchObject({ falsePositives: 3, falsePositiveRate: 0.75, falseAlarms: 1 });
  });

  test('alarms are of the time between segments', () => {
    // 40 − 10 and 20 − 8 seconds
    expect(score.minutesBetween).toBeCloseTo(42 / 60, 12);
    expect(score.alarmsPerMinute).toBeCloseTo(60 / 42, 12);
  });

  test('the delay is from the start of the segment to the early answer', () => {
    expect(score.delay).toEqual({ median: 2, mean: 2 });
    expect(scoreStreams([{ ...first, movements: [movement(0, 10, 14, 10.5)] }], 'overlap').delay.median).toBe(0.5);
  });

  test('the Jaccard index is of each class in each stream', () => {
    // class 0: 3 + 3 + 0.5 of 4 + 4.5; classes 1 and 2: 0. The second stream: 0 and 0.
    expect(score.jaccard).toBeCloseTo((6.5 / 8.5 + 0 + 0) / 3 / 2, 12);
    expect(scoreStreams([{ seconds: 5, segments: [], movements: [] }], 'start')).toMatchObject({
      jaccard: 1,
      delay: { mean: 0 },
    });
  });

  test('classes apart', () => {
    expect(score.classes).toEqual([
      { label: 0, segments: 2, found: 2, falsePositives: 1 },
      { label: 1, segments: 1, found: 0, falsePositives: 1 },
      { label: 2, segments: 1, found: 0, falsePositives: 1 },
    ]);
  });
});
