import { expect, test } from 'vitest';
import type { RecordingFormat } from './format.js';
import { formatLoaders, registerFormat } from './formats.js';
import { readRecordings, recogniseFormat } from './open.js';

const recording = {
  part: '',
  frames: 1,
  persons: 1,
  joints: 1,
  positions: new Float32Array(3),
  dimensions: 3 as const,
};

const dots: RecordingFormat = {
  name: 'dots',
  title: 'One dot, of tests',
  recognise: ({ text }) => text.startsWith('DOTS'),
  async *read() {
    yield recording;
  },
};

const file = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { path: 'a.dots', bytes: bytes.length, read: async (start = 0, end?: number) => bytes.slice(start, end) };
};

test('a format from outside is asked first, and reads its files', async () => {
  registerFormat(dots);
  expect([...formatLoaders().keys()][0]).toBe('dots');
  const head = { path: 'a.dots', bytes: new Uint8Array(), text: 'DOTS 1' };
  expect(await recogniseFormat(head)).toBe(dots);
  const read = [];
  for await (const one of readRecordings(file('DOTS 1'))) read.push(one);
  expect(read).toEqual([recording]);
  expect(() => registerFormat(dots)).toThrow('"dots" again');
});

test('a format without a part is refused', () => {
  expect(() => registerFormat({ ...dots, name: 'other', read: undefined as never })).toThrow('recognise and read');
  expect(() => registerFormat({ ...dots, name: 'a b' })).toThrow('expected a name of letters');
});

test('a format from outside that fails is named', async () => {
  const read = async function* () {
    yield recording;
    throw new TypeError('no dot');
  };
  registerFormat({ ...dots, name: 'dashes', recognise: ({ text }) => text.startsWith('DASHES'), read });
  const all = async () => {
    for await (const _ of readRecordings(file('DASHES 1')));
  };
  await expect(all()).rejects.toThrow(/^recording format dashes: .* one that fails: TypeError: no dot/);
});
