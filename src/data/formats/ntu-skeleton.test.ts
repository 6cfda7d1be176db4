import { expect, test } from 'vitest';
import { memoryFile } from './format.js';
import { readRecordings } from './open.js';

const point = (x: string) => `${x} 0.5 3 277.4 191.8 1036.2 519.2 -0.2 0.05 0.97 -0.12 2`;

async function firstCoordinates(
  written: readonly string[],
  end = '\r\n',
  encode: (text: string) => string | Uint8Array = (text) => text,
): Promise<readonly number[]> {
  const joints = Array.from({ length: 25 }, (_, joint) => point(written[joint] ?? '1'));
  const lines = ['1', '1', '72057594037931101 0 1 1 0 0 0 0.02 0.05 2', '25', ...joints];
  for await (const { positions } of readRecordings(
    memoryFile('S001C001P003R001A004.skeleton', encode(lines.join(end))),
  )) {
    return written.map((_, joint) => positions[joint * 3]);
  }
  return [];
}

test('decimals however they are written are the nearest float32', async () => {
  const written = [
    '0.2181153',
    '-1.5',
    '.25',
    '12',
    '-0.000001234567',
    '0.1234567890123456789',
    '1e-3',
    '-2.5E2',
    '007.5',
  ];
  for (const end of ['\r\n', '\n', '\r']) {
    expect(await firstCoordinates(written, end)).toEqual(written.map((text) => Math.fround(Number(text))));
  }
});

test('blank lines, bytes at any place and UTF-16 change nothing', async () => {
  const utf16 = (text: string) =>
    new Uint8Array(Uint16Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0)).buffer);
  const shifted = (text: string) => new TextEncoder().encode(`123${text}`).subarray(3);
  for (const encode of [utf16, shifted]) expect(await firstCoordinates(['7', '8'], '\n \n', encode)).toEqual([7, 8]);
});

test('what is no number is told with its line', async () => {
  await expect(firstCoordinates(['1', '2', '3x'])).rejects.toThrow('line 7');
});
