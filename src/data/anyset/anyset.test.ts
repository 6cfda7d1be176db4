import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { crc32 } from '../../runtime/file/container.js';
import { mediapipeHand } from '../../skeleton/layouts/hands.js';
import type { Dataset, Sample } from '../dataset.js';
import { decodeAnyset, encodeAnyset } from './anyset.js';
import { packParts } from './container.js';

const WIDTH = mediapipeHand.joints.length * 3;

function datasetOf(sequences: readonly Float32Array[]): Dataset {
  const samples: Sample[] = sequences.map((positions, i) => ({
    id: `take-${i}`,
    label: i % 2,
    subject: `s${i}`,
    frames: positions.length / WIDTH,
    persons: 1,
    joints: mediapipeHand.joints.length,
    positions,
    recordedFrames: 1000 + i,
  }));
  return {
    name: 'toy',
    title: 'Toy',
    licence: 'none',
    citation: 'nobody',
    note: 'made up',
    layout: mediapipeHand,
    persons: 1,
    unit: 'millimetre',
    classes: ['open', 'shut'],
    samples,
    splits: [
      { name: 'first', description: 'the first one tests', train: samples.map((_, i) => i).slice(1), test: [0] },
    ],
    skipped: [{ id: 'bad', reason: 'empty' }],
  };
}

const sequence = fc
  .array(fc.array(fc.float({ min: -2000, max: 2000, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((frames) => Float32Array.from(frames.flat()));

const small = encodeAnyset(datasetOf([new Float32Array(WIDTH).fill(1), new Float32Array(2 * WIDTH).fill(-7)]), 1);

const HEADER = {
  name: 'x',
  title: 'x',
  licence: 'x',
  citation: 'x',
  note: '',
  layout: 'mediapipe-hand',
  persons: 1,
  unit: 'metre',
  step: 1,
  classes: ['a'],
  splits: [],
  skipped: [],
};
const SAMPLES = { id: ['a', 'b'], label: [0, 0], subject: ['s', 's'], frames: [1, 2], recordedFrames: [1, 2] };

/** A file of two samples, right in its checksum and lengths, with anything as its header; `move` is in every low byte. */
function forge(header: unknown, move = 0): Uint8Array {
  const positions = new Uint8Array(3 * WIDTH * 2).fill(move, 0, 3 * WIDTH);
  return packParts({ header: new TextEncoder().encode(JSON.stringify(header)), positions });
}

test('crc32 has its check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('a round trip keeps every fact, and every coordinate within half a step', () => {
  fc.assert(
    fc.property(fc.array(sequence, { minLength: 1, maxLength: 3 }), fc.constantFrom(0.5, 1, 4), (sequences, step) => {
      const dataset = datasetOf(sequences);
      const decoded = decodeAnyset(encodeAnyset(dataset, step), 'toy.anyset');
      for (const [s, sample] of decoded.samples.entries()) {
        sample.positions.forEach((value, i) => {
          expect(Math.abs(value - sequences[s][i])).toBeLessThanOrEqual(step / 2 + 1e-3);
        });
      }
      const withoutPositions = ({ samples, ...facts }: Dataset) => ({
        ...facts,
        samples: samples.map(({ positions, ...sample }) => ({ ...sample, numbers: positions.length })),
      });
      expect(withoutPositions(decoded)).toEqual(withoutPositions(dataset));
    }),
    { numRuns: 40 },
  );
});

test('packing what was unpacked gives the same bytes', () => {
  expect(encodeAnyset(decodeAnyset(small, 'small'), 1)).toEqual(small);
});

test('a step too small for 16-bit differences is refused with the smallest one', () => {
  const encode = (step: number) => encodeAnyset(datasetOf([new Float32Array(WIDTH).fill(2000)]), step);
  for (const step of [0.01, 0, -1, Number.NaN, Infinity]) expect(() => encode(step)).toThrow(InputError);
  expect(() => encode(0.01)).toThrow(/step: expected at least 0.1, since/);
  expect(decodeAnyset(encode(0.1), 'toy').samples[0].positions[5]).toBeCloseTo(2000, 3);
});

test('a split whose parts share a recording is not written', () => {
  const dataset = datasetOf([new Float32Array(WIDTH).fill(1), new Float32Array(WIDTH).fill(2)]);
  const splits = [{ ...dataset.splits[0], test: [0, 1] }];
  expect(() => encodeAnyset({ ...dataset, splits }, 1)).toThrow(/split first, recording take-1/);
});

test('lost joints, time stamps, flat depth and classes that mean nothing survive', () => {
  const plain = datasetOf([new Float32Array(4 * WIDTH).map((_, at) => at % 50), new Float32Array(2 * WIDTH).fill(-7)]);
  const positions = plain.samples[0].positions.slice();
  for (const [frame, joint] of [
    [0, 0],
    [1, 0],
    [3, 5],
    [0, 20],
    [3, 20],
  ]) {
    positions.fill(Number.NaN, frame * WIDTH + joint * 3, frame * WIDTH + joint * 3 + 3);
  }
  const seconds = [Float64Array.of(2, 2.04, 2.08, 2.12), Float64Array.of(0, 0.0333)];
  const samples = plain.samples.map((sample, i) => ({
    ...sample,
    seconds: seconds[i],
    positions: i === 0 ? positions : sample.positions,
  }));
  const file = encodeAnyset({ ...plain, dimensions: 2, nothing: ['shut'], performers: 'unknown', samples }, 1);
  expect(file[7]).toBe(2);
  const decoded = decodeAnyset(file, 'toy');
  expect(decoded).toMatchObject({ dimensions: 2, nothing: ['shut'], performers: 'unknown' });
  expect(decoded.samples[0].positions).toEqual(positions);
  expect(decoded.samples[1].positions).toEqual(plain.samples[1].positions);
  for (const [i, sample] of decoded.samples.entries()) {
    expect(sample.seconds?.length).toBe(sample.frames);
    for (const [frame, time] of sample.seconds!.entries()) expect(time).toBeCloseTo(seconds[i][frame], 9);
  }
});

test('uneven time stamps are kept to the microsecond', () => {
  const plain = datasetOf([new Float32Array(4 * WIDTH)]);
  const seconds = Float64Array.of(5, 5.033, 5.1, 5.100002);
  const decoded = decodeAnyset(encodeAnyset({ ...plain, samples: [{ ...plain.samples[0], seconds }] }, 1), 'toy');
  for (const [frame, time] of decoded.samples[0].seconds!.entries()) expect(time).toBeCloseTo(seconds[frame], 6);
});

test('a file of what version 1 can say is of version 1', () => {
  expect(small[7]).toBe(1);
});

test('a coordinate that is not finite, and a label of no class, are refused', () => {
  expect(() => encodeAnyset(datasetOf([new Float32Array(WIDTH).fill(Infinity)]), 1)).toThrow(
    /take-0, frame 0, joint Wrist/,
  );
});

describe('a damaged file gives an InputError', () => {
  test('cut at any byte', () => {
    for (let length = 0; length < small.length; length++) {
      expect(() => decodeAnyset(small.subarray(0, length), 'cut.anyset')).toThrow(InputError);
    }
  });

  test('with any byte changed, or bytes appended', () => {
    for (let at = 0; at < small.length; at++) {
      const changed = small.slice();
      changed[at] ^= 0x55;
      expect(() => decodeAnyset(changed, 'changed.anyset')).toThrow(InputError);
    }
    expect(() => decodeAnyset(Uint8Array.from([...small, 0]), 'long.anyset')).toThrow(/length/);
  });

  test('made of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeAnyset(bytes, 'noise')).toThrow(InputError);
      }),
    );
  });
});

describe('a hostile file with a correct checksum gives an InputError', () => {
  test('the forged file is good when nothing is changed', () => {
    expect(decodeAnyset(forge({ ...HEADER, samples: SAMPLES }), 'forged').samples.length).toBe(2);
  });

  test.each<[string, unknown, RegExp]>([
    ['a label without a class', { samples: { ...SAMPLES, label: [0, 1] } }, /samples.label/],
    ['columns of different length', { samples: { ...SAMPLES, subject: ['s'] } }, /samples.subject/],
    ['a split outside the samples', { splits: [{ name: 's', description: '', train: [2], test: [] }] }, /split s/],
    ['more frames than positions', { samples: { ...SAMPLES, frames: [1, 1e6] } }, /positions/],
    ['an endless sequence', { samples: { ...SAMPLES, frames: [1, 1e15] } }, /frames/],
    ['infinite positions', { step: 1e300, moved: true }, /step.*finite/],
    [
      'infinite times',
      { samples: { ...SAMPLES, seconds: [null, { start: 1e308, step: 1e308 }] } },
      /samples.seconds.*finite/,
    ],
    [
      'a sample that trains and tests',
      { splits: [{ name: 's', description: '', train: [0, 1], test: [1] }] },
      /split s.*1 again/,
    ],
    [
      'a sample that trains twice',
      { splits: [{ name: 's', description: '', train: [0, 0], test: [1] }] },
      /split s.*0 again/,
    ],
    ['a class twice', { classes: ['a', 'a'] }, /classes.*a again/],
    ['a class of a page', { classes: ['a'.repeat(2000)] }, /classes.0/],
    ['a meaningless class that is none', { nothing: ['b'] }, /nothing.*"b"/],
    ['a negative label', { samples: { ...SAMPLES, label: [0, -1] } }, /samples.label/],
    ['a label between two classes', { samples: { ...SAMPLES, label: [0, 0.5] } }, /samples.label/],
    ['no frames', { samples: { ...SAMPLES, frames: [0, 3] } }, /samples.frames/],
    ['sixteen million persons', { persons: 1 << 24 }, /persons/],
    ['an unknown layout', { layout: 'octopus' }, /octopus/],
    ['a step of zero', { step: 0 }, /step/],
    ['no samples', { samples: { id: [], label: [], subject: [], frames: [], recordedFrames: [] } }, /samples/],
    ['no classes', { classes: undefined }, /classes/],
    ['lost joints beyond the recording', { samples: { ...SAMPLES, lost: [[], [40, 3]] } }, /samples.lost.*42 places/],
    ['lost joints of other recordings', { samples: { ...SAMPLES, lost: [[]] } }, /samples.lost.*2 values/],
    ['half a run', { samples: { ...SAMPLES, lost: [[], [1]] } }, /samples.lost/],
    [
      'time stamps of other frames',
      { samples: { ...SAMPLES, seconds: [null, { start: 0, microseconds: [1, 2] }] } },
      /samples.seconds.*1 distances/,
    ],
  ])('%s', (_, change, message) => {
    const { moved, ...changed } = change as { moved?: boolean };
    const file = forge({ ...HEADER, samples: SAMPLES, ...changed }, moved ? 2 : 0);
    expect(() => decodeAnyset(file, 'forged')).toThrow(InputError);
    expect(() => decodeAnyset(file, 'forged')).toThrow(message);
  });

  test('a header that is no object', () => {
    expect(() => decodeAnyset(forge(7), 'forged')).toThrow(/header/);
  });

  test('lengths beyond the limits are refused before anything is inflated', () => {
    const file = forge({ ...HEADER, samples: SAMPLES });
    new DataView(file.buffer).setUint32(16, 0xffffffff, true);
    expect(() => decodeAnyset(sealed(file), 'bomb')).toThrow(/positions: expected at most \d{1,6} bytes/);
  });

  test('a length that no stream of so many bytes inflates to is refused before memory is taken', () => {
    const file = forge({ ...HEADER, samples: SAMPLES });
    new DataView(file.buffer).setUint32(16, 1 << 27, true);
    expect(() => decodeAnyset(sealed(file), 'bomb')).toThrow(
      /positions: expected at most \d{1,6} bytes, found 134217728/,
    );
  });

  test('a stream that inflates to more or less than it states', () => {
    for (const stated of [0, 5, 100000]) {
      const file = forge({ ...HEADER, samples: SAMPLES });
      new DataView(file.buffer).setUint32(16, stated, true);
      expect(() => decodeAnyset(sealed(file), 'liar')).toThrow(InputError);
    }
  });

  test('positions that are no deflate stream', () => {
    const file = forge({ ...HEADER, samples: SAMPLES });
    const body = file.length - new DataView(file.buffer).getUint32(20, true);
    file.fill(0xff, body);
    expect(() => decodeAnyset(sealed(file), 'noise')).toThrow(/deflate/);
  });
});

/** Puts the right checksum on a file. */
function sealed(file: Uint8Array): Uint8Array {
  const covered = Uint8Array.from([...file.subarray(0, 24), ...file.subarray(28)]);
  new DataView(file.buffer).setUint32(24, crc32(covered), true);
  return file;
}
