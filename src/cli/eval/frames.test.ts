import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readFrames } from './frames.js';

const read = (...lines: readonly string[]) => readFrames(Readable.from([lines.join('\n')]) as NodeJS.ReadStream);

test('a line is a frame: numbers, joints, landmarks, or nobody', async () => {
  const landmark = { x: 1, y: 2, z: 3, visibility: 0.5 };
  const frames = await read('[1, 2, null]', '', 'null', '[[1,2,3],null,[4,5,6]]', JSON.stringify([landmark]), '[]');
  expect(frames).toEqual([[1, 2, null], null, [1, 2, 3, null, null, null, 4, 5, 6], [landmark], []]);
});

test('persons of landmarks stay apart', async () => {
  const landmark = { x: 1, y: 2 };
  expect(await read(JSON.stringify([[landmark], [landmark, landmark]]))).toEqual([[[landmark], [landmark, landmark]]]);
});

test.each([
  ['{"x": 1}', /standard input, line 2: expected a JSON array, or null, found \{"x": 1\}/],
  ['[1, 2', /line 2: expected a JSON array, or null, found \[1, 2/],
  ['"wave"', /line 2/],
])('%s is refused with its line', async (line, message) => {
  await expect(read('[1]', line)).rejects.toThrow(message);
});

test('nothing is refused, and so is a terminal', async () => {
  await expect(read('', '')).rejects.toThrow('standard input: expected one JSON array a line, found nothing');
  const terminal = Object.assign(Readable.from([]), { isTTY: true }) as unknown as NodeJS.ReadStream;
  await expect(readFrames(terminal)).rejects.toThrow('expected frames from a pipe, found a terminal');
});
