import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { encodeNpy, encodeNpz } from './encode-npz.js';

test('a file of version 1.0 by the bytes of the format’s description', () => {
  const file = encodeNpy({ shape: [2], data: Int32Array.of(1, -2) });
  const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
  expect([...file.subarray(0, 10)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
  expect(new TextDecoder('latin1').decode(file.subarray(10, 128))).toBe(`${header.padEnd(117)}\n`);
  expect([...file.subarray(128)]).toEqual([1, 0, 0, 0, 254, 255, 255, 255]);
});

test('texts are UTF-32, as wide as the longest', () => {
  const file = encodeNpy({ shape: [2], data: ['a', 'é😀'] });
  expect(new TextDecoder('latin1').decode(file)).toContain("'<U2'");
  expect([...new Uint32Array(file.slice(128).buffer)]).toEqual([97, 0, 0xe9, 0x1f600]);
});

test('an archive holds a file for each array, and the same arrays make the same bytes', () => {
  const arrays = { a: { shape: [1, 2], data: Float32Array.of(1, 2) }, b: { shape: [1], data: ['x'] } };
  expect(Object.keys(unzipSync(encodeNpz(arrays)))).toEqual(['a.npy', 'b.npy']);
  expect(encodeNpz(arrays)).toEqual(encodeNpz(arrays));
});
