import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readArchive } from './archive.js';
import { memoryFile } from './format.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const open = (files: Record<string, Uint8Array>) => readArchive(memoryFile('moves.zip', zipSync(files)));

test('a zip is the folder that was packed: its outer folder is opened, hidden files are left out', async () => {
  const files = await open({
    'moves/wave/1.csv': strToU8('one'),
    'moves/wave/2.csv': strToU8('two'),
    'moves/.hidden': strToU8('x'),
    '__MACOSX/moves/wave/1.csv': strToU8('x'),
  });
  expect(files.map(({ path }) => path)).toEqual(['wave/1.csv', 'wave/2.csv']);
  expect(text(await files[1].read())).toBe('two');
  expect(text(await (await files[0].beside!('2.csv'))!.read(1, 3))).toBe('wo');
  expect(await files[0].beside!('3.csv')).toBeUndefined();
});

test('files in several folders keep their paths', async () => {
  const files = await open({ 'wave/1.csv': strToU8('one'), 'push/1.csv': strToU8('two') });
  expect(files.map(({ path }) => path)).toEqual(['wave/1.csv', 'push/1.csv']);
});

test.each(['../out.csv', '/etc/passwd', 'a/../../b', 'a\\b', 'C:/x', './a'])('%s leads out, and is refused', (path) =>
  expect(open({ [path]: strToU8('x') })).rejects.toThrow(/moves\.zip: expected paths inside the archive/),
);

/** A zip whose directory says that its one file is of so many bytes. */
function claiming(bytes: number): Uint8Array {
  const zip = zipSync({ 'a.csv': new Uint8Array(4) }, { level: 9 });
  const view = new DataView(zip.buffer);
  for (let at = 0; at + 46 < zip.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, bytes, true);
  return zip;
}

test('more than its bytes can hold is refused before anything is unpacked', async () => {
  await expect(readArchive(memoryFile('bomb.zip', claiming(1 << 30)))).rejects.toThrow(
    /a size that its bytes can hold/,
  );
});

/** A zip whose directory names its one file, 2 MiB of zeros, so many times over. */
function overlapping(times: number): Uint8Array {
  const zip = zipSync({ 'a.csv': new Uint8Array(2 << 20) }, { level: 9 });
  const view = new DataView(zip.buffer);
  const end = zip.length - 22;
  const start = view.getUint32(end + 16, true);
  const line = zip.slice(start, end);
  const whole = new Uint8Array(start + line.length * times + 22);
  whole.set(zip.subarray(0, start));
  for (let i = 0; i < times; i++) whole.set(line, start + i * line.length);
  whole.set(zip.subarray(end), whole.length - 22);
  const tail = new DataView(whole.buffer, whole.length - 22);
  tail.setUint16(8, times, true);
  tail.setUint16(10, times, true);
  tail.setUint32(12, line.length * times, true);
  return whole;
}

test('files that lie over one another and are more than 1 GiB together are refused', async () => {
  const message = /at most 1024 MiB together, found 1040 MiB/;
  await expect(readArchive(memoryFile('big.zip', overlapping(520)))).rejects.toThrow(message);
  expect(await readArchive(memoryFile('small.zip', overlapping(2)))).toHaveLength(1);
});
