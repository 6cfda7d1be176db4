import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Random } from '../../src/core/random.js';
import { decodeModel, encodeModel } from '../../src/model/file/file.js';
import { quantise } from '../../src/model/file/quantise.js';
import type { Model } from '../../src/model/model.js';
import { cut } from '../../src/pruning/cut/cut.js';
import { openContainer, parseHeader } from '../../src/runtime/file/container.js';
import { RuntimeModel } from '../../src/runtime/model.js';
import { randomModel } from '../support/random-model.js';
import { describeWith } from '../support/tools.js';

/** A reader and writer in Python that knows docs/format.md alone. */
const SCRIPT = fileURLToPath(new URL('anyrate_file.py', import.meta.url));

interface AtRate {
  readonly weights: readonly (readonly [tensor: number, place: number, value: number])[];
  readonly biases: readonly (readonly number[])[];
  readonly temperature: number;
}

interface Read {
  readonly mean: readonly number[];
  readonly inverseDeviation: readonly number[];
  readonly codes: readonly (readonly [position: number, code: number])[];
  readonly rates: readonly AtRate[];
}

function python(input: Uint8Array | string, ...args: readonly string[]): Buffer {
  return execFileSync('python3', [SCRIPT, ...args], { input, maxBuffer: 2 ** 28 });
}

function readByPython(file: Uint8Array, rates: readonly number[]): Read {
  return JSON.parse(python(file, 'read', ...rates.map(String)).toString());
}

const layers = [
  { kind: 'graph-convolution', heads: 3, filters: 8, combine: 'concatenate' },
  { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
  { kind: 'dense', units: 12, members: 3 },
  { kind: 'dense', units: 5 },
];
const preprocessing: Model['description']['preprocessing'] = {
  pose: [{ step: 'resample', frames: 8 }],
  channels: [
    { step: 'positions', chunks: 1 },
    { step: 'velocities', chunks: 2 },
    { step: 'statistics' },
    { step: 'bone-statistics' },
    { step: 'distances', joints: ['Wrist', 'ThumbTIP'], chunks: 2 },
  ],
};
const model = randomModel(layers, 3, preprocessing, 2);
const narrow = randomModel([{ ...layers[0], filters: 2 }, layers[3]], 5);
const whole = encodeModel(model);
const prefix = whole.subarray(0, new RuntimeModel(whole).prefixes[123].bytes);

const files: [string, Uint8Array][] = [
  ['the vector, float16', new Uint8Array(readFileSync(new URL('tiny.anyrate', import.meta.url)))],
  ['float32, layers of every kind, two persons, every channel step', whole],
  ['a prefix of it', prefix],
  ['int8, cut to a rate', encodeModel(quantise(cut(model, { rate: 0.75 }), 'int8'))],
  [
    'float16, cut to few effective weights',
    encodeModel(quantise(cut(narrow, { nonzeros: 90, effective: true }), 'float16')),
  ],
  ['int8, fewer channels than filters and more', encodeModel(quantise(narrow, 'int8'))],
];

describeWith('python3', 'a program in Python that knows docs/format.md alone', () => {
  test.each(files)('reads the same network at several rates: %s', (_, file) => {
    const decoded = decodeModel(file, 'file');
    const rates = [0, 0.3, 0.5, 0.9, 0.98, 0.999].filter((rate) => rate >= decoded.rate).concat(decoded.rate);
    const { mean, inverseDeviation, rates: found } = readByPython(file, rates);
    expect([mean, inverseDeviation].map((numbers) => Float32Array.from(numbers))).toEqual([
      decoded.parameters.mean,
      decoded.parameters.inverseDeviation,
    ]);
    for (const [i, rate] of rates.entries()) expectNetwork(found[i], decoded, rate);
  });

  test('reads the weights in the order in which cuts keep them', () => {
    const [, file] = files[3];
    const decoded = decodeModel(file, 'file');
    const { codes } = readByPython(file, []);
    for (const nonzeros of [1, 7, 100, 333, codes.length]) {
      const kept = codes.slice(0, nonzeros).map(([position]) => position);
      expect(kept.sort((a, b) => a - b)).toEqual(positionsOf(cut(decoded, { nonzeros })));
    }
  });

  test.each(['float16', 'int8'] as const)('writes a file of %s that loads, engine and runtime alike', (precision) => {
    const spec = specOf(precision);
    const file = new Uint8Array(python(JSON.stringify(spec), 'write'));
    const decoded = decodeModel(file, 'python');
    const { header, weights, mean, inverseDeviation, gains, biases } = spec;
    const latents = new Map(weights.map(([position, code]) => [position, latentOf(code, precision, header.step)]));
    const all = decoded.parameters.latents.flatMap((tensor) => [...tensor]);
    expect(all.map((latent, position) => [position, latent]).filter(([, latent]) => latent !== 0)).toEqual(
      [...latents].sort(([a], [b]) => a - b),
    );
    expect([...decoded.parameters.inverseDeviation]).toEqual(
      inverseDeviation.map((c) => [2, 3][c & 1] * 2 ** (c >> 1)),
    );
    expect([...decoded.parameters.mean]).toEqual(
      mean.map((m, i) => Math.fround(m / 8 / decoded.parameters.inverseDeviation[i])),
    );
    expect(decoded.parameters.gains.map(({ values }) => [...values])).toEqual(
      gains.map((curve) => curve.map((g) => g / 512)),
    );
    expect(decoded.parameters.biases.map(({ values }) => [...values])).toEqual(
      biases.map((curve) => curve.map((b) => b / 512)),
    );
    expect(decoded.description.classes).toEqual(['ä', 'b']);
    const { nonzeros } = new RuntimeModel(file).view(decoded.rate);
    expect(nonzeros).toBe(weights.length);
    // What it holds is what we write, though other numbers of bits may hold it.
    expect(readByPython(encodeModel(decoded), [0.5])).toEqual(readByPython(file, [0.5]));
  });
});

function expectNetwork({ weights, biases, temperature }: AtRate, decoded: Model, rate: number): void {
  const small = cut(decoded, { rate });
  const expected = small.atRate(rate);
  const places = expected.weights.flatMap((tensor, t) =>
    [...tensor.keys()].filter((place) => tensor[place] !== 0).map((place) => [t, place]),
  );
  expect(weights.map(([t, place]) => [t, place])).toEqual(places);
  for (const [t, place, value] of weights) expect(value / expected.weights[t][place]).toBeCloseTo(1, 5);
  expect(biases.map(({ length }) => length)).toEqual(expected.biases.map(({ length }) => length));
  for (const [l, layer] of biases.entries()) {
    for (const [i, bias] of layer.entries()) expect(bias).toBeCloseTo(expected.biases[l][i], 6);
  }
  expect(temperature).toBeCloseTo(decoded.temperatureAt(rate), 6);
}

function positionsOf({ parameters }: Model): number[] {
  return parameters.latents
    .flatMap((tensor) => [...tensor])
    .flatMap((latent, position) => (latent === 0 ? [] : [position]));
}

/** A network that nobody trained: random codes for all that a file holds. */
function specOf(precision: 'float16' | 'int8') {
  const random = new Random(17);
  const { nonzeros: _, ...vector } = parseHeader(openContainer(files[0][1])) as Record<string, unknown>;
  const header = { ...vector, precision, step: precision === 'int8' ? 0.03125 : 1, classes: ['ä', 'b'] };
  const whole = (count: number, bound: number) =>
    Array.from({ length: count }, () => random.integer(2 * bound + 1) - bound);
  const order = random.shuffle(Array.from({ length: 1026 }, (_, i) => i));
  const most = precision === 'int8' ? 127 : 0x4fff;
  const weights = order
    .slice(0, 700)
    .map((position): [number, number] => [position, (1 + random.integer(most)) * (random.uniform() < 0.5 ? -1 : 1)]);
  return {
    header,
    weights,
    inverseDeviation: whole(63, 6),
    mean: whole(63, 40),
    gains: [1, 2, 3, 4].map(() => whole(3, 300)),
    biases: [2, 3, 2].map((size) => whole(3 * size, 2000)),
  };
}

/** A code below zero is a negative weight; of float16, sign × 1.fraction × 2^exponent, or a subnormal one. */
function latentOf(code: number, precision: 'float16' | 'int8', step: number): number {
  const size = Math.abs(code);
  if (precision === 'int8') return Math.sign(code) * size * step;
  const [exponent, fraction] = [size >> 10, (size & 1023) / 1024];
  return Math.sign(code) * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}
