import { expect, test } from 'vitest';
import { crc32 } from '../runtime/file/container.js';
import { crc32OfLong } from './crc32.js';
import { Random } from './random.js';

test('eight bytes at a time give the CRC-32 of one at a time, of any length', () => {
  expect(crc32OfLong(new TextEncoder().encode('123456789'))).toBe(0xcbf43926); // the check value of the standard
  const random = new Random(1);
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, () => random.nextUint32());
    expect(crc32OfLong(bytes)).toBe(crc32(bytes));
  }
});
