import { expect, test } from 'vitest';
import { mediapipeHand } from '../skeleton/layouts/hands.js';
import { memoryFile } from './formats/format.js';
import { readSequence } from './read-sequence.js';

const shape = { persons: 1, joints: 21, layout: mediapipeHand };

/** Joint j of frame t at (j, t, 0.5), as a table with MediaPipe's own names, the last joint first. */
function table(names: readonly string[]): string {
  const columns = names.flatMap((name) => ['x', 'y', 'z'].map((axis) => `${name}_${axis}`));
  const rows = [0, 1].map((t) => [t * 0.04, ...names.flatMap((_, i) => [names.length - 1 - i, t, 0.5])].join(','));
  return [['time', ...columns].join(','), ...rows].join('\n');
}

const names = mediapipeHand.joints
  .map((joint) => joint.replace(/(Index|Middle|Ring)/, '$1_Finger').replace(/(CMC|MCP|PIP|DIP|IP|TIP)$/, '_$1'))
  .map((joint) => joint.replace('Little', 'Pinky').toUpperCase());

test('a table with names is read in the order of the model, with its times', async () => {
  const sequence = await readSequence(memoryFile('wave.csv', table(names.toReversed())), shape);
  expect(sequence).toMatchObject({ frames: 2, persons: 1, joints: 21 });
  expect([...sequence.positions.slice(0, 6)]).toEqual([0, 0, 0.5, 1, 0, 0.5]);
  expect([...sequence.seconds!]).toEqual([0, 0.04]);
});

test('what dataset.json says of the camera is heeded, and a second person who is not there is lost', async () => {
  const frames = [mediapipeHand.joints.map((_, joint) => [joint, 0, 0])];
  const file = memoryFile('wave.json', JSON.stringify({ frames, layout: 'mediapipe-hand', framesPerSecond: 10 }));
  const sequence = await readSequence(file, { ...shape, persons: 2 }, { mirrored: true });
  expect([...sequence.positions.slice(3, 6)]).toEqual([-1, 0, 0]);
  expect([...sequence.positions.slice(63)].every(Number.isNaN)).toBe(true);
});

test('numbers without names are read as the model has its joints', async () => {
  const row = Array.from({ length: 63 }, (_, i) => i / 10).join(' ');
  const { frames, positions } = await readSequence(memoryFile('wave.txt', `${row}\n${row}\n`), shape);
  expect([frames, positions[64]]).toEqual([2, Math.fround(0.1)]);
});

test.each([
  ['of other joints', table(names.slice(5)), /wave.csv, joints: expected all joints of mediapipe-hand, found none/],
  ['of several recordings', `label,${table(names).replaceAll('\n0', '\na,0')}`.replace('a,0.04', 'b,0.04'), /several/],
  ['that is broken', table(names).replace('0.5', 'x'), /wave.csv, line 2/],
  ['of hexadecimal numbers', `0x10${' 0.5'.repeat(62)}`, /line 1.*"0x10"/],
])('a file %s is refused', async (_, text, message) => {
  await expect(readSequence(memoryFile('wave.csv', text), shape)).rejects.toThrow(message);
});
