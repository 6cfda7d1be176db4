import { expect, test } from 'vitest';
import type { Sample } from '../../data/dataset.js';
import { firstFrames, validationStreams } from './validation-streams.js';

const classes = ['wave', 'rest'];

function recording(frames: number, seconds?: number[]) {
  const positions = Float32Array.from({ length: frames * 3 }, (_, i) => i);
  return { frames, persons: 1, joints: 1, positions, ...(seconds && { seconds: Float64Array.from(seconds) }) };
}

/** A segment of a recording. */
function segment(
  sequence: ReturnType<typeof recording>,
  id: string,
  label: number,
  first: number,
  frames: number,
): Sample {
  const positions = sequence.positions.slice(first * 3, (first + frames) * 3);
  return { ...sequence, id, label, subject: '', frames, positions, within: { sequence, first } };
}

// Ten frames a second, from second 4 on; and 60 frames without times, 30 a second.
const timed = recording(
  20,
  Array.from({ length: 20 }, (_, i) => 4 + i / 10),
);
const untimed = recording(60);
const samples: Sample[] = [
  segment(timed, 'a#1.2-1.6', 0, 12, 5),
  segment(timed, 'a#0.2-0.6', 0, 2, 5),
  segment(timed, 'a#0.7-1.1', 1, 7, 5),
  segment(untimed, 'b#30-44', 0, 30, 15),
  segment(untimed, 'b#45-59', 0, 45, 15),
  { ...recording(30), id: 'c', label: 0, subject: '' },
  { ...recording(90), id: 'd', label: 1, subject: '' },
];
const dataset = { samples, classes, nothing: ['rest'] };

test('segments of a recording are told in the time of its stream, without those that mean nothing', () => {
  const [stream, ...others] = validationStreams(dataset, [0, 1, 2], 0);
  expect(others).toEqual([]);
  expect(stream.seconds).toBeCloseTo(2, 9);
  expect(stream.segments).toHaveLength(2);
  const [first, second] = stream.segments;
  expect([first.start, first.end, second.start, second.end].map((time) => +time.toFixed(6))).toEqual([
    0.2, 0.7, 1.2, 1.7,
  ]);
  const frames = [...stream.frames];
  expect(frames).toHaveLength(20);
  expect(frames[3].seconds).toBeCloseTo(0.3, 9);
  expect(frames[3].frame).toEqual(Float32Array.of(9, 10, 11));
});

test('a recording with a movement that trains is left out, one with nothing that trains is not', () => {
  expect(validationStreams(dataset, [3], 0)).toEqual([]);
  expect(validationStreams(dataset, [0, 1], 0).map(({ id }) => id)).toEqual(['a']);
  const [stream] = validationStreams(dataset, [3, 4], 0);
  expect(stream.seconds).toBeCloseTo(2, 9);
  expect(stream.segments).toEqual(
    [
      { label: 0, start: 1, end: 1.5 },
      { label: 0, start: 1.5, end: 2 },
    ].map((one) => expect.objectContaining({ label: one.label, start: one.start })),
  );
});

test('a recording by itself is one movement, or none if it means nothing', () => {
  const streams = validationStreams(dataset, [5, 6], 0);
  expect(streams.map(({ segments }) => segments.length)).toEqual([1, 0]);
  expect(streams[0].segments[0]).toMatchObject({ label: 0, start: 0 });
  expect(streams[0].segments[0].end).toBeCloseTo(1, 9);
  expect(streams[1].seconds).toBeCloseTo(3, 9);
});

test('the last pose of a recording by itself is held, that of segments is not', () => {
  const [movement] = validationStreams(dataset, [5], 0.5);
  expect(movement.frames).toHaveLength(45);
  expect(movement.frames[44].frame).toBe(movement.frames[29].frame);
  expect(movement.frames[44].seconds).toBeCloseTo(44 / 30, 9);
  expect(movement.seconds).toBeCloseTo(1, 9);
  expect(validationStreams(dataset, [0, 1], 0.5)[0].frames).toHaveLength(20);
});

test('of recordings without time stamps, parts that each begin at 0 lie where they were', () => {
  // Ten frames a second: frames 5 to 14, and 15 to 24, with five frames around.
  const parts = [0, 1].map((label): Sample => {
    const sequence = recording(
      20,
      Array.from({ length: 20 }, (_, i) => i / 10),
    );
    const part = segment(sequence, `e#${5 + 10 * label}-${14 + 10 * label}`, 0, 5, 10);
    return { ...part, within: { sequence, first: 5, begin: label } };
  });
  const [stream] = validationStreams({ samples: parts, classes }, [0, 1], 0);
  expect(stream.frames).toHaveLength(30);
  expect(stream.seconds).toBeCloseTo(3, 9);
  expect(stream.segments.map(({ start, end }) => [start, end].map((time) => +time.toFixed(6)))).toEqual([
    [0.5, 1.5],
    [1.5, 2.5],
  ]);
});

test('of many frames so many are taken as are asked for, evenly over the streams', () => {
  const streams = validationStreams(dataset, [...samples.keys()], 0);
  const taken = (most: number) => firstFrames(streams, most).map(({ id, frames }) => [id, frames.length]);
  expect(firstFrames(streams, 200)).toBe(streams);
  // Every second one, then the others: of the last one 50 of 60 frames are left, and the 46th begins a segment that ends with the 60th.
  expect(taken(100)).toEqual([
    ['a', 20],
    ['c', 30],
    ['b', 45],
  ]);
  const [, , cut] = firstFrames(streams, 100);
  expect(cut.seconds).toBeCloseTo(1.5, 9);
  expect(cut.segments).toEqual(streams[1].segments.slice(0, 1));
  // Every third one, and nothing is cut off that is no movement.
  expect(taken(70)).toEqual([
    ['a', 20],
    ['d', 50],
  ]);
});
