import { expect, test } from 'vitest';
import { memoryFile } from './format.js';
import { scanKineticsClip } from './kinetics-clip.js';
import { readRecordings } from './open.js';
import type { Recording } from './recording.js';

/** A clip of two frames, in the first of which the first joint's x and the frame's number are written so. */
function clip(x = '0.695', index = '1', after = ''): string {
  const pose = (first: string) => `[${[first, ...Array(35).fill('0.25')].join(', ')}]`;
  const person = (first: string) => `{"pose": ${pose(first)}, "score": [${Array(18).fill('0.5').join(', ')}]}`;
  const frames = [`{"frame_index": ${index}, "skeleton": [${person(x)}]}`, '{"frame_index": 2, "skeleton": []}'];
  return `{"data": [${frames.join(', ')}], "label": "jump", "label_index": 3${after}}`;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function read(text: string): Promise<Recording> {
  for await (const recording of readRecordings(memoryFile('clip.json', text))) return recording;
  throw new Error('no recording');
}

test('a file is read from its bytes, with and without white space', () => {
  const pose = Float32Array.from({ length: 54 }, (_, i) => (i % 3 === 2 ? 0 : i === 0 ? 0.695 : 0.25));
  const expected = { label: 'jump', frames: new Map([...[[1, [{ pose }]] as const], [2, []] as const]) };
  expect(scanKineticsClip(bytesOf(clip()))).toEqual(expected);
  expect(scanKineticsClip(bytesOf(clip().replaceAll(' ', '')))).toEqual(expected);
  expect(scanKineticsClip(bytesOf(clip().replaceAll(' ', '\r\n\t ')))).toEqual(expected);
});

test('what is written otherwise is read as JSON, and is the same recording', async () => {
  const others = [
    clip('6.95e-1'),
    clip('0.69500000000000000000'),
    clip('0.695', '1', ', "more": null'),
    clip().replace('jump', 'j\\u0075mp'),
    clip().replace(/("pose": [^\]]*\]), ("score": [^\]]*\])/, '$2, $1'),
    clip().replace('"data"', '"data": [], "data"'),
  ];
  const expected = await read(clip());
  for (const text of others) {
    expect(scanKineticsClip(bytesOf(text))).toBeUndefined();
    expect(await read(text)).toEqual(expected);
  }
});

test.each(['01', '-01.5', '1.', '.5', '-.5', '+1', '--1', '1 2', ''])('%j is no number of JSON', async (x) => {
  expect(scanKineticsClip(bytesOf(clip(x)))).toBeUndefined();
  await expect(read(clip(x))).rejects.toThrow('expected JSON');
});

test.each([clip().slice(0, -1), clip().slice(0, 200), `${clip()}]`, clip().replace('1', '1.5'), ''])(
  'a damaged file is left to the reader of JSON',
  (text) => expect(scanKineticsClip(bytesOf(text))).toBeUndefined(),
);

test.each(['-0.0', '0', '-1.25', '1023.4375', '0.12345678901234'])('%s as JSON has it', (x) => {
  const [{ pose }] = scanKineticsClip(bytesOf(clip(x)))!.frames.get(1)!;
  expect(Object.is(pose[0], Math.fround(JSON.parse(x)))).toBe(true);
});
