import { expect, test } from 'vitest';
import { concatenate } from '../../core/bytes.js';
import { Random } from '../../core/random.js';
import { kinectV2 } from '../../skeleton/layouts/kinect-v2.js';
import type { Dataset, Sample } from '../dataset.js';
import { areElsewhere } from '../positions-elsewhere.js';
import { decodeAnyset, packAnyset } from './anyset.js';

const JOINTS = 25;

function sample(id: string, frames: number, change: (value: number, at: number) => number = (value) => value): Sample {
  const random = new Random(frames);
  const positions = Float32Array.from({ length: frames * 2 * JOINTS * 3 }, (_, at) => change(random.normal(), at));
  return { id, label: frames % 2, subject: `P${frames}`, frames, persons: 2, joints: JOINTS, positions };
}

const second = (value: number, at: number) => (at % 150 >= 75 ? Number.NaN : value);
const far = (value: number, at: number) => (at === 400 ? 1e6 : value);
const timed = { ...sample('timed', 3), seconds: Float64Array.of(0, 0.04, 0.1) };

const SET: Dataset = {
  name: 'set',
  title: 'Set',
  licence: '',
  citation: '',
  layout: kinectV2,
  persons: 2,
  unit: 'metre',
  classes: ['a', 'b'],
  samples: [sample('whole', 4), sample('alone', 5, second), sample('far', 6, far), timed],
  splits: [{ name: 'xsub', description: 'the first train', train: [0, 1], test: [2, 3] }],
  skipped: [{ id: 'none', reason: 'nobody is seen in it' }],
};

const pack = (step?: number) => concatenate([...packAnyset(SET, step)]);

test('a packed file gives back its set, each coordinate to half a step that is at most a 5,000th of a skeleton', () => {
  const { samples, ...facts } = decodeAnyset(pack(), 'set.anyset');
  expect(facts).toMatchObject({
    name: 'set',
    classes: ['a', 'b'],
    splits: SET.splits,
    skipped: SET.skipped,
    persons: 2,
  });
  for (const [i, { positions, ...rest }] of samples.entries()) {
    const { positions: before, ...wanted } = SET.samples[i];
    expect(rest).toEqual({ ...wanted, recordedFrames: wanted.frames, ...(i === 3 && { seconds: expect.anything() }) });
    // A skeleton of 25 normal coordinates is about 4 wide, and the farthest of them about 4 away.
    for (const [at, value] of positions.entries()) {
      if (Number.isNaN(before[at])) expect(value).toBeNaN();
      else expect(Math.abs(value - before[at])).toBeLessThan(0.5 * (6 / 32767));
    }
  }
  expect([...samples[3].seconds!].map((time) => Number(time.toFixed(6)))).toEqual([0, 0.04, 0.1]);
});

test('a recording whose farthest coordinate leaves 16 bits too coarse is kept as it is', () => {
  const [, , read] = decodeAnyset(pack(), 'set.anyset').samples;
  expect(read.positions).toEqual(SET.samples[2].positions);
  expect(pack(100).length).toBeLessThan(pack().length);
});

test('positions are read when they are asked for, each time anew', () => {
  const [read] = decodeAnyset(pack(), 'set.anyset').samples;
  expect(areElsewhere(read)).toBe(true);
  expect(read.positions).not.toBe(read.positions);
  expect(read.positions).toEqual(read.positions);
});

test('one wrong byte is told, of the header at once and of a recording when it is read', () => {
  const file = pack();
  const broken = (at: number) => {
    const copy = file.slice();
    copy[at] ^= 1;
    return copy;
  };
  expect(() => decodeAnyset(broken(file.length - 20), 'a.anyset')).toThrow('header');
  expect(() => decodeAnyset(broken(file.length - 2), 'a.anyset')).toThrow('header');
  const [first, next] = decodeAnyset(broken(40), 'a.anyset').samples;
  expect(() => first.positions).toThrow('positions of whole: expected the CRC-32 it states');
  expect(next.positions).toHaveLength(5 * 150);
  expect(() => decodeAnyset(file.subarray(0, file.length - 1), 'a.anyset')).toThrow('damaged');
  expect(() => decodeAnyset(file.subarray(0, 10), 'a.anyset')).toThrow('damaged');
});
