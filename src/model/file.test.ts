import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader, float32Bytes, varintBytes } from '../core/bytes.js';
import { crc32 } from '../core/crc32.js';
import { InputError } from '../core/errors.js';
import { Random } from '../core/random.js';
import { cut } from '../pruning/cut.js';
import { predict } from '../pruning/predict.js';
import { layoutNamed } from '../skeleton/layouts.js';
import { headerOf } from './file/header.js';
import { decodeModel, encodeModel } from './file.js';
import { Model, type ModelDescription } from './model.js';
import { networkSchema } from './network.js';
import { createCurve } from './rate-curve.js';

const description: ModelDescription = {
  layout: layoutNamed('mediapipe-hand'),
  persons: 1,
  classes: ['a', 'b', 'c'],
  preprocessing: { pose: [{ step: 'resample', frames: 2 }], channels: [{ step: 'positions', chunks: 1 }] },
  layers: networkSchema.parse([{ kind: 'graph-convolution', heads: 1, filters: 2, combine: 'sum' }]),
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
  return new Model(description, {
    latents: network.weights.map(({ rows, columns }) => normals(rows * columns)),
    scales: network.weights.map(() => random.uniform(0.1, 1)),
    gains: network.weights.map(() => curve(1)),
    biases: network.biases.map(({ size }) => curve(size)),
    mean: normals(63),
    inverseDeviation: normals(63),
  });
}

const model = randomModel(1);
const file = encodeModel(model);
const anyModel = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .map(([seed, rate]) => cut(randomModel(seed), { rate }));

/** The file with a correct checksum, however its bytes were changed. */
function resealed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const end = copy.length - 4;
  new DataView(copy.buffer).setUint32(end, crc32(copy.subarray(0, end)), true);
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

describe('a damaged model file is refused by one InputError', () => {
  test('truncated at any byte', () => {
    for (let length = 0; length < file.length; length++) {
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

  test('any byte changed under a correct checksum is read or refused, never crashes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: file.length - 5 }), fc.nat(255), (at, byte) => {
        const changed = file.slice();
        changed[at] = byte;
        try {
          decodeModel(resealed(changed), 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, () => Uint8Array, string]>([
    ['a foreign file', () => new TextEncoder().encode('{"frames": [[[0, 0, 0]]]}'), 'expected an .anyrate model'],
    ['a later version', () => changed(7, 9), 'Update anyrate'],
    ['a body with more bytes', () => longer(), 'more bytes'],
    ['NaN', () => withLastFloat(Number.NaN), 'expected a finite number, found NaN'],
  ])('%s', (_, bytes, message) => {
    expect(() => decodeModel(bytes(), 'file')).toThrow(InputError);
    expect(() => decodeModel(bytes(), 'file')).toThrow(message);
  });

  function changed(at: number, byte: number): Uint8Array {
    const copy = file.slice();
    copy[at] = byte;
    return resealed(copy);
  }

  function longer(): Uint8Array {
    const copy = new Uint8Array(file.length + 4);
    copy.set(file);
    new DataView(copy.buffer).setUint32(8, copy.length, true);
    return resealed(copy);
  }

  function withLastFloat(value: number): Uint8Array {
    const copy = file.slice();
    copy.set(float32Bytes([value]), copy.length - 8);
    return resealed(copy);
  }
});

test('the header names every tensor with its shape and its non-zeros', () => {
  const { tensors } = headerOf(cut(model, { nonzeros: 5 }));
  expect(tensors.reduce((sum, { nonzeros }) => sum + nonzeros, 0)).toBe(5);
  expect(tensors.map(({ name }) => name)).toContain('classifier.weight');
});

test('LEB128 of any 32-bit number is read back, and only in its shortest form', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), (value) => {
      const reader = new ByteReader(varintBytes(Uint32Array.of(value)), 'file');
      expect(reader.varint('number')).toBe(value);
      reader.end('end');
    }),
  );
  expect(() => new ByteReader(Uint8Array.of(0x80, 0), 'file').varint('number')).toThrow(InputError);
});
