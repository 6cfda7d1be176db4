import { describe, expect, test } from 'vitest';
import { mediapipeHand } from '../../skeleton/layouts/hands.js';
import { memoryFile } from '../formats/format.js';
import { readStreams, streamOf } from './streams.js';
import { parseTable } from './table.js';

const shape = { layout: mediapipeHand, persons: 1, framesPerSecond: 10 };

/** So many frames of a hand that rises. */
function hand(frames: number, extra: object = {}): string {
  const frame = (t: number) => mediapipeHand.joints.map((_, joint) => [joint, t, 0]);
  return JSON.stringify({
    layout: 'mediapipe-hand',
    frames: Array.from({ length: frames }, (_, t) => frame(t)),
    ...extra,
  });
}

const HEAD = 'file,start,end,class';

function read(rows: string, unit: 'frames' | 'seconds' = 'frames', description: object = {}) {
  const files = {
    'a.json': hand(20),
    'deep/b.json': hand(5, { seconds: [100, 101, 102, 103, 104] }),
    'unnamed.json': hand(4),
    'table.csv': `${HEAD}\n${rows}`,
    'dataset.json': JSON.stringify({ segments: { table: 'table.csv', unit }, ...description }),
  };
  return readStreams(
    Object.entries(files).map(([path, text]) => memoryFile(path, text)),
    'moves',
    shape,
  );
}

test('recordings that the table names are whole, with times from 0', async () => {
  const [a, b, ...others] = await read('a,2,4,wave\na.json,6,19,clap\nb.json,1,2,wave\n');
  expect(others).toEqual([]);
  expect([a.id, a.sequence.frames]).toEqual(['a.json', 20]);
  expect(a.sequence.seconds[19]).toBeCloseTo(1.9, 12);
  expect([b.id, [...b.sequence.seconds]]).toEqual(['deep/b.json', [0, 1, 2, 3, 4]]);
  expect(a.sequence.positions[4 * 63 + 1]).toBe(4);
});

test('a segment in frames lasts until its last frame is over', async () => {
  const [a, b] = await read('a,2,4,wave\nb,1,2,wave\n');
  expect(a.segments).toEqual([{ name: 'wave', start: 0.2, end: 0.5 }]);
  expect(b.segments).toEqual([{ name: 'wave', start: 1, end: 3 }]);
});

test('a segment in seconds is what the table says; dataset.json knows the frame rate', async () => {
  const [a] = await read('a,0.25,0.75,wave\n', 'seconds', { framesPerSecond: 20 });
  expect(a.segments).toEqual([{ name: 'wave', start: 0.25, end: 0.75 }]);
  expect(a.sequence.seconds[19]).toBeCloseTo(0.95, 12);
});

describe('refused are', () => {
  test.each([
    ['a recording that is not there', 'c.json,1,2,wave\n', 'frames', /line 2, file: .*found "c.json"/],
    ['frames after its end', 'a,20,22,wave\n', 'frames', /line 2: expected frames 0 to 19, found 20 to 22/],
    ['seconds after its end', 'a,2,3,wave\n', 'seconds', /line 2: .*0 to 1.900, found 2 to 3/],
    ['an end before the start', 'a,4,2,wave\n', 'frames', /line 2: .*found "4" and "2"/],
    ['a class that lacks', 'a,4,5,\n', 'frames', /line 2: expected a value for "class"/],
  ] as const)('%s', async (_, rows, unit, message) => {
    await expect(read(rows, unit)).rejects.toThrow(message);
  });

  test('a folder without a table', async () => {
    await expect(readStreams([memoryFile('a.json', hand(3))], 'moves', shape)).rejects.toThrow(
      'moves: expected "segments" in its dataset.json, or --segments, found neither',
    );
  });

  test('a table that does not name the recording', () => {
    const given = { table: parseTable(`${HEAD}\nb,1,2,wave\n`, 't.csv'), source: 't.csv', unit: 'frames' } as const;
    const sequence = { frames: 3, persons: 1, joints: 1, positions: new Float32Array(9) };
    expect(() => streamOf('a.txt', sequence, 10, given)).toThrow('t.csv, file: expected rows of a.txt, found none');
    expect(streamOf('b.txt', sequence, 10, given).segments).toEqual([
      { name: 'wave', start: 0.1, end: 0.30000000000000004 },
    ]);
  });
});

test('without a table nobody knows what happens', () => {
  const sequence = { frames: 3, persons: 1, joints: 1, positions: new Float32Array(9) };
  const { segments, sequence: timed } = streamOf('a.txt', sequence, 10, undefined);
  expect(segments).toBeUndefined();
  expect([...timed.seconds]).toEqual([0, 0.1, 0.2]);
});
