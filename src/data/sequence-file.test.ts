import { expect, test } from 'vitest';
import { InputError } from '../core/errors.js';
import { parseSequence } from './sequence-file.js';
import { formatSequenceJson } from './sequence-json.js';

const shape = { persons: 1, joints: 2 };
const positions = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

test.each([
  ['commas', '1,2,3,4,5,6\n7,8,9,10,11,12\n'],
  ['spaces and a byte order mark', '\uFEFF1 2 3  4 5 6 \r\n7 8 9 10 11 12'],
  ['tabs and blank lines', '\n1\t2\t3\t4\t5\t6\n\n7\t8\t9\t10\t11\t12\n'],
  ['json', '{"frames": [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]}'],
])('reads %s', (_, text) => {
  expect(parseSequence(text, 'wave.txt', shape)).toEqual({ frames: 2, persons: 1, joints: 2, positions });
});

test('null is a lost joint in json, read and written', () => {
  const sequence = parseSequence('{"frames": [[null, [4, 5, 6]], [[7, 8, 9], [null, null, null]]]}', 'wave', shape);
  const lost = [Number.NaN, Number.NaN, Number.NaN];
  expect([...sequence.positions]).toEqual([...lost, 4, 5, 6, 7, 8, 9, ...lost]);
  expect(parseSequence(formatSequenceJson(sequence), 'wave', shape)).toEqual(sequence);
});

test("reads a file of the model's data set, and plain numbers of the same skeleton", () => {
  const sbu = { persons: 2, joints: 15, format: 'sbu' };
  const original = Array(91).fill('0.25').join(',');
  expect(parseSequence(original, 'skeleton_pos.txt', sbu).positions.slice(0, 3)).toEqual(
    Float32Array.of(640, 480, 320),
  );
  const plain = Array(90).fill('0.25').join(',');
  expect(parseSequence(plain, 'plain.csv', sbu).positions.slice(0, 3)).toEqual(Float32Array.of(0.25, 0.25, 0.25));
});

test.each([
  ['an empty file', ' \n', /wave: expected a sequence .*an empty file/],
  ['a wrong width', '1,2,3', /line 1: expected 6 numbers \(1 person x 2 joints x 3\), found 3/],
  ['a word', '1,2,3,4,5,six', /line 1, column 6: .*"six"/],
  ['a hexadecimal number', '0x1,2,3,4,5,6', /line 1, column 1: .*"0x1"/],
  [
    'lists in lists',
    `{"frames": {"a": ${'['.repeat(5000)}${']'.repeat(5000)}}}`,
    /frames: .*too deep inside one another/,
  ],
  ['broken json', '{"frames": [', /expected JSON/],
  ['json without frames', '{"poses": []}', /frames: expected a list of frames, found nothing/],
  ['no frames', '{"frames": []}', /frames: expected at least one frame/],
  ['a missing joint', '{"frames": [[[1, 2, 3]]]}', /frames\[0\]: expected a list of 2 joints, found a list of 1/],
  ['a flat point', '{"frames": [[[1, 2, 3], [4, 5]]]}', /frames\[0\]\[1\]: expected \[x, y, z\]/],
  ['null', '{"frames": [[[1, 2, 3], [4, 5, null]]]}', /frames\[0\]\[1\]\[2\]: .*found null/],
  ['an infinite number', '{"frames": [[[1, 2, 3], [4, 5, 1e99]]]}', /frames\[0\]\[1\]\[2\]: .*1e\+99/],
])('refuses %s', (_, text, message) => {
  expect(() => parseSequence(text, 'wave', shape)).toThrow(InputError);
  expect(() => parseSequence(text, 'wave', shape)).toThrow(message);
});
