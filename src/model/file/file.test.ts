import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BitWriter } from '../../core/bit-writer.js';
import { InputError } from '../../core/errors.js';
import { Random } from '../../core/random.js';
import { predict } from '../../evaluate/predict.js';
import { cut } from '../../pruning/cut/cut.js';
import { BitReader, RICE_ESCAPE } from '../../runtime/file/bit-reader.js';
import { blockStarts } from '../../runtime/file/blocks.js';
import { crc32, FormatError } from '../../runtime/file/container.js';
import { RuntimeModel } from '../../runtime/model.js';
import { nonzerosAt } from '../../runtime/network/rate.js';
import { layoutNamed } from '../../skeleton/layouts/layouts.js';
import { Model, type ModelDescription } from '../model.js';
import { networkSchema } from '../network-schema.js';
import { createCurve } from '../rate-curve.js';
import { decodeModel, encodeModel } from './file.js';
import { quantise } from './quantise.js';
import { roundStandardisation } from './standardisation.js';

const description: ModelDescription = {
  layout: layoutNamed('mediapipe-hand'),
  persons: 1,
  classes: ['a', 'b', 'c'],
  preprocessing: { pose: [{ step: 'resample', frames: 2 }], channels: [{ step: 'positions', chunks: 1 }] },
  layers: v.parse(networkSchema, [{ kind: 'graph-convolution', heads: 1, filters: 2, combine: 'sum' }]),
  provenance: { dataset: 'd', split: 's', recipe: 'r', seed: 1, trainedRates: [0, 0.9], version: '0.1.0' },
};

/** A dense model of random numbers. */
function randomModel(seed: number): Model {
  const random = new Random(seed);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const { network } = new Model(description, undefined as never);
  const curve = (size: number) => {
    const empty = createCurve(3, size);
    return { ...empty, values: Float64Array.from(normals(empty.values.length)) };
  };
  const [mean, inverseDeviation] = [normals(63), normals(63).map((x) => Math.abs(x) + 0.1)];
  roundStandardisation(mean, inverseDeviation);
  return new Model(description, {
    latents: network.weights.map(({ rows, columns }) => normals(rows * columns)),
    scales: network.weights.map(() => random.uniform(0.1, 1)),
    gains: network.weights.map(() => curve(1)),
    biases: network.biases.map(({ size }) => curve(size)),
    mean,
    inverseDeviation,
  });
}

const model = randomModel(1);
const file = encodeModel(model);
const anyModel = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .map(([seed, rate]) => cut(randomModel(seed), { rate }));

const offsets = new RuntimeModel(file).prefixes.map(({ bytes }) => bytes);

/** The file with correct checksums, however its bytes were changed. */
function resealed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  for (const [i, end] of offsets.entries()) {
    const start = i === 0 ? 0 : offsets[i - 1];
    new DataView(copy.buffer).setUint32(end - 4, crc32(copy.subarray(start, end - 4)), true);
  }
  return copy;
}

describe('a model file', () => {
  test('saved, loaded and saved again has the same bytes', () => {
    fc.assert(
      fc.property(anyModel, (original) => {
        const saved = encodeModel(original);
        expect(Buffer.compare(encodeModel(decodeModel(saved, 'file')), saved)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test('gives the same predictions to the bit', () => {
    const sequence = { frames: 3, persons: 1, joints: 21, positions: new Float32Array(189).map((_, i) => Math.sin(i)) };
    fc.assert(
      fc.property(anyModel, (original) => {
        const loaded = decodeModel(encodeModel(original), 'file');
        expect(loaded.rate).toBe(original.rate);
        expect(predict(loaded, sequence)).toEqual(predict(original, sequence));
      }),
      { numRuns: 50 },
    );
  });

  test('cut to bytes is as large as they allow', () => {
    for (const bytes of [2500, 4000, file.length]) {
      const small = cut(model, { bytes });
      expect(encodeModel(small).length).toBeLessThanOrEqual(bytes);
      const nonzeros = small.parameters.latents.flatMap((tensor) => [...tensor]).filter((w) => w !== 0).length;
      if (nonzeros === model.network.weightCount) continue;
      expect(encodeModel(cut(model, { nonzeros: nonzeros + 1 })).length).toBeGreaterThan(bytes);
    }
    const least = encodeModel(cut(model, { nonzeros: 0 })).length;
    expect(encodeModel(cut(model, { bytes: least })).length).toBe(least);
    expect(() => cut(model, { bytes: least - 1 })).toThrow(`at least ${least} bytes`);
  });
});

describe('a prefix that ends at a block', () => {
  test('is the cut with its non-zeros, to the bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom('float32', 'float16', 'int8'),
        (seed, precision) => {
          const whole = quantise(randomModel(seed), precision);
          const bytes = encodeModel(whole);
          const { prefixes } = new RuntimeModel(bytes);
          const { bytes: end } = prefixes[seed % prefixes.length];
          const prefix = decodeModel(bytes.subarray(0, end), 'prefix');
          const nonzeros = nonzerosAt(prefix.network.weightCount, prefix.rate);
          const expected = end === bytes.length ? whole : cut(whole, { nonzeros });
          expect(prefix.parameters).toEqual(expected.parameters);
          expect(prefix.rate).toBe(expected.rate);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('holds at most 0.25 % of the weights more than the one before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1 << 26 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, share) => {
          const nonzeros = Math.round(weights * share);
          const starts = blockStarts(weights, nonzeros);
          expect([starts[0], starts.at(-1)]).toEqual([0, nonzeros]);
          const sizes = starts.slice(1).map((start, i) => start - starts[i]);
          expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(Math.ceil(weights / 400));
          expect(sizes.every((size) => size > 0)).toBe(true);
        },
      ),
    );
  });
});

test.each(['float32', 'float16', 'int8'] as const)(
  '%s: what is read is written again, however often it is cut',
  (precision) => {
    const once = quantise(randomModel(3), precision);
    expect(numbersOf(quantise(once, precision))).toEqual(numbersOf(once));
    const small = cut(once, { rate: 0.8 });
    expect(numbersOf(quantise(small, precision))).toEqual(numbersOf(small));
  },
);

test('int8 is off by half a step at most, and prunes what is nearer to zero than to a step', () => {
  const before = model.parameters.latents.flatMap((tensor) => [...tensor]);
  const after = quantise(model, 'int8').parameters.latents.flatMap((tensor) => [...tensor]);
  const step = Math.max(...before.map(Math.abs)) / 127;
  const [half, rounded] = [step / 2, 1 + 2 ** -10];
  for (const [i, latent] of before.entries()) expect(Math.abs(after[i] - latent)).toBeLessThanOrEqual(half * rounded);
  const small = before.filter((latent) => Math.abs(latent) < half);
  expect(small.length).toBeGreaterThan(0);
  expect(after.filter((latent) => latent === 0)).toHaveLength(small.length);
});

describe('a damaged model file is refused by one InputError', () => {
  test('truncated at any byte but the end of a block', () => {
    for (let length = 0; length < file.length; length++) {
      if (offsets.includes(length)) continue;
      expect(() => decodeModel(file.subarray(0, length), 'file')).toThrow(InputError);
    }
  });

  test('any bit flipped', () => {
    fc.assert(
      fc.property(fc.nat(file.length * 8 - 1), (bit) => {
        const flipped = file.slice();
        flipped[bit >> 3] ^= 1 << (bit & 7);
        expect(() => decodeModel(flipped, 'file')).toThrow(InputError);
      }),
      { numRuns: 500 },
    );
  });

  test('any byte changed under correct checksums is read or refused, by the engine and by the runtime', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const changed = file.slice();
        changed[at] = byte;
        const bytes = resealed(changed);
        expect(errorOf(() => decodeModel(bytes, 'file'))).toSatisfy((error) => !error || error instanceof InputError);
        expect(errorOf(() => new RuntimeModel(bytes))).toSatisfy((error) => !error || error instanceof FormatError);
      }),
      { numRuns: 2000 },
    );
  });
});

function numbersOf({ parameters, rate, precision }: Model) {
  return { parameters, rate, precision };
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('Golomb-Rice of any 32-bit number is read back, and the series of any whole numbers', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(23), (value, k) => {
      const writer = new BitWriter();
      writer.rice(value, k, RICE_ESCAPE);
      const reader = new BitReader(writer.finish(), 'file');
      expect(reader.rice(k)).toBe(value);
      reader.end();
    }),
  );
});

test('bits of any bytes are those of one large number, the lowest first, up to the end and not beyond', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 32 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), counts, (bytes, widths) => {
      const whole = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
      const reader = new BitReader(bytes, 'file');
      let at = 0;
      for (const width of widths) {
        if (at + width > bytes.length * 8) {
          expect(() => reader.bits(width)).toThrow('file: expected more bytes, found the end');
          return;
        }
        expect(reader.bits(width)).toBe(Number(BigInt.asUintN(width, whole >> BigInt(at))));
        at += width;
      }
    }),
  );
});
