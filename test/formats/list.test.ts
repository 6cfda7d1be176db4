import { expect, test } from 'vitest';
import { memoryFile } from '../../src/data/formats/format.js';
import { recordingFormats } from '../../src/data/formats/formats.js';
import { readHead, readRecordings, recogniseFormat } from '../../src/data/formats/open.js';
import type { Recording } from '../../src/data/formats/recording.js';
import { rows } from './list.js';
import type { Expected } from './row.js';

const here = rows.filter(({ content }) => content !== undefined);
const absent = rows.length - here.length;

test.each(here)('$path', async (row) => {
  const file = memoryFile(row.path, row.content!, row.beside);
  if ('error' in row)
    expect(await readAll(file).catch(toError)).toEqual({
      name: 'InputError',
      message: row.error.replace('FORMATS', formatNames),
    });
  else {
    expect((await recogniseFormat(await readHead(file)))?.name).toBe(row.format);
    const recordings = await readAll(file);
    expect(recordings.length).toBe(row.count ?? row.recordings.length);
    for (const [i, expected] of row.recordings.entries()) compare(recordings[i], expected);
  }
});

test.skipIf(absent === 0)(`${absent} samples that are not distributed are absent`, (context) => context.skip());

test('each format has a file that is read and two that are not', async () => {
  const counts = await Promise.all(
    here.map(async ({ path, content, beside, ...row }) => {
      const format = await recogniseFormat(await readHead(memoryFile(path, content!, beside)));
      return [format?.name, 'error' in row] as const;
    }),
  );
  for (const name of Object.keys(recordingFormats)) {
    const outcomes = counts.filter(([format]) => format === name).map(([, isError]) => isError);
    expect([name, outcomes.includes(false), outcomes.filter(Boolean).length >= 2]).toEqual([name, true, true]);
  }
});

test('each format has the name that it is listed by', async () => {
  for (const [name, load] of Object.entries(recordingFormats)) expect((await load()).name).toBe(name);
});

const formatNames = Object.keys(recordingFormats).join(', ');
const toError = ({ name, message }: Error) => ({ name, message });

async function readAll(file: ReturnType<typeof memoryFile>): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for await (const recording of readRecordings(file)) recordings.push(recording);
  return recordings;
}

function compare(recording: Recording, { points = {}, seconds, ...facts }: Expected): void {
  expect(recording).toMatchObject(facts);
  const { frames, persons, joints, positions } = recording;
  expect(positions.length).toBe(frames * persons * joints * 3);
  if (seconds !== undefined) {
    expect(recording.seconds?.length).toBe(frames);
    for (const [t, second] of seconds.entries()) expect(recording.seconds?.[t]).toBeCloseTo(second, 6);
  }
  for (const [place, point] of Object.entries(points)) {
    const [frame, person, joint] = place.split('/').map(Number);
    const at = ((frame * persons + person) * joints + joint) * 3;
    const found = [...positions.subarray(at, at + 3)];
    if (point === null) expect([place, ...found]).toEqual([place, Number.NaN, Number.NaN, Number.NaN]);
    else for (const axis of [0, 1, 2]) expect(found[axis], `${place} axis ${axis}`).toBeCloseTo(point[axis], 4);
  }
}
