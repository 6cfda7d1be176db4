import { describe, expect, test } from 'vitest';
import { randomModel } from '../../../test/support/random-model.js';
import { float32Bytes, float64Bytes } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { Model } from '../../model/model.js';
import { cut } from '../../pruning/cut/cut.js';
import { exportSafetensors } from './export-safetensors.js';
import { importSafetensors } from './import-safetensors.js';
import { decodeSafetensors, encodeSafetensors, type RawTensor } from './safetensors.js';

const layers = [{ kind: 'graph-convolution', heads: 2, filters: 5, combine: 'sum' }];
const exported = cut(randomModel(layers, 1), { rate: 0.5 });
const file = decodeSafetensors(exportSafetensors(exported).files[0], 'x');

type Tensors = Map<string, RawTensor>;

/** The file with some of its tensors or metadata changed. */
function changed(change: (tensors: Tensors, metadata: Record<string, string>) => void): Uint8Array {
  const [tensors, metadata] = [new Map(file.tensors), { ...file.metadata }];
  change(tensors, metadata);
  return encodeSafetensors({ metadata, tensors });
}

const BIAS = 'classifier.bias';
const withBias = (dtype: RawTensor['dtype'], shape: readonly number[], bytes: Uint8Array) =>
  changed((tensors) => tensors.set(BIAS, { dtype, shape, bytes }));

function withTensor(name: string, change: (values: Float32Array) => void): Uint8Array {
  const values = new Float32Array(file.tensors.get(name)!.bytes.slice().buffer);
  change(values);
  return changed((tensors) => tensors.set(name, { ...file.tensors.get(name)!, bytes: float32Bytes(values) }));
}

function renamed(name: string, other: string): Uint8Array {
  return changed((tensors) => {
    tensors.set(other, tensors.get(name)!);
    tensors.delete(name);
  });
}

const entry = (key: string, value: unknown) =>
  changed((_, metadata) => {
    metadata[key] = JSON.stringify(value);
  });
const layersWith = (change: object) => {
  const [first, classifier] = JSON.parse(file.metadata.layers);
  return entry('layers', [{ ...first, ...change }, classifier]);
};

describe('what does not fit is refused by one InputError that names the file, the tensor, and the mend', () => {
  test.each<[string, Uint8Array, RegExp]>([
    [
      'a misspelt tensor',
      renamed('classifier.weight', 'classifier.weights'),
      /^f, tensor "classifier.weights": expected the tensors features\.mean, .*found this name\. Did you mean "classifier\.weight"\?/,
    ],
    ['a foreign tensor', renamed('classifier.weight', 'x'), /tensor "x": .*found this name\. Leave it out/],
    [
      'a missing tensor',
      changed((tensors) => void tensors.delete('features.mean')),
      /^f, tensor "features.mean": expected this tensor, found only features\.inverse-deviation, .*Save it with/,
    ],
    ['no tensors', changed((tensors) => tensors.clear()), /expected this tensor, found no tensor\./],
    [
      'another shape',
      withBias('F32', [3, 1], new Uint8Array(12)),
      /tensor "classifier.bias": expected the shape \[3\] of .*found \[3, 1\]\..*--like/,
    ],
    ['fewer classes', entry('classes', ['x', 'y']), /tensor "classifier.weight": expected the shape \[2, 105\]/],
    [
      'whole numbers',
      withBias('I64', [3], new Uint8Array(24)),
      /tensor "classifier.bias": expected a dtype of F64, F32, F16, BF16, found I64\. Convert it/,
    ],
    [
      'NaN',
      withTensor('classifier.weight', (values) => values.fill(Number.NaN, 7, 9)),
      /tensor "classifier.weight", number 7: expected a finite number in float32, found NaN\./,
    ],
    [
      'an infinite float16',
      withBias('F16', [3], Uint8Array.of(0, 0x3c, 0, 0xfc, 0, 0)),
      /tensor "classifier.bias", number 1: .*found NaN/,
    ],
    ['an infinite bfloat16', withBias('BF16', [3], Uint8Array.of(0x80, 0x3f, 0, 0, 0x80, 0x7f)), /number 2.*Infinity/],
    ['a float64 beyond float32', withBias('F64', [3], float64Bytes([1, -1e39, 0])), /number 1: .*found -1e\+39/],
    [
      'weights beyond float32 in their scale',
      withTensor('classifier.weight', (values) => values.fill(3e38)),
      /tensor "classifier.weight": expected weights that float32 can hold/,
    ],
    [
      'weights that vanish in their scale',
      changed((tensors, metadata) => {
        const weight = tensors.get('classifier.weight')!;
        tensors.set('classifier.weight', { ...weight, bytes: float32Bytes(new Float32Array(3 * 105).fill(1e-20)) });
        metadata.scales = JSON.stringify({ ...JSON.parse(metadata.scales), 'classifier.weight': 1e38 });
      }),
      /tensor "classifier.weight": expected weights that float32 can hold/,
    ],
    [
      'a deviation of 0',
      withTensor('features.inverse-deviation', (values) => values.fill(0, 3, 4)),
      /tensor "features.inverse-deviation", number 3: expected a number above 0, found 0/,
    ],
    [
      'no scales',
      changed((_, metadata) => void delete metadata.scales),
      /^f, __metadata__: expected what anyrate export writes there: .*found no scales\. .*--like MODEL/,
    ],
    [
      'metadata that are not JSON',
      changed((_, metadata) => void Object.assign(metadata, { classes: '[' })),
      /classes: .*JSON/,
    ],
    ['layers that are no list', entry('layers', {}), /__metadata__, layers: expected a list/],
    ['a layer that is none', entry('layers', [null, null]), /__metadata__, layers: expected a list/],
    [
      'an unknown kind of layer',
      layersWith({ kind: 'recurrent' }),
      /__metadata__, layers\.0\.kind: expected one of graph-convolution, dense, temporal-convolution, pool, .* may come from a newer version of anyrate/,
    ],
    ['a layer of endless size', layersWith({ filters: 1e9 }), /__metadata__, layers\.0\.filters/],
    [
      'a network that no file could hold',
      layersWith({ heads: 256, filters: 4096, combine: 'concatenate' }),
      /^f, __metadata__: expected at most 4000000 values of features and layers/,
    ],
    ['a scale of 0', entry('scales', { 'classifier.weight': 0 }), /scales: expected a float32 above 0/],
    ['a scale beyond float32', entry('scales', { 'classifier.weight': 1e40 }), /scales: expected a float32 above 0/],
    ['a tensor without a scale', entry('scales', { 'classifier.weight': 1 }), /a scale of graph-convolution-1\./],
    [
      'another layout under a known name',
      entry('layout', { ...JSON.parse(file.metadata.layout), name: 'kinect-v2' }),
      /__metadata__, layout\.mirror: expected 21 joints/,
    ],
    ['a joint that the layout lacks', entry('preprocessing', distancesTo('Knee')), /joints of mediapipe-hand/],
    ['another kind of file', new TextEncoder().encode('PK\x03\x04 and more of it'), /is not a safetensors file/],
    ['a truncated file', encodeSafetensors(file).subarray(0, -1), /^f, end: expected \d+ bytes.*damaged/],
  ])('%s', (_, bytes, message) => {
    const read = () => importSafetensors(bytes, 'f');
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });

  test('--like a model of another network', () => {
    const like = randomModel([{ kind: 'dense', units: 3 }], 1);
    expect(() => importSafetensors(encodeSafetensors(file), 'f', { like })).toThrow(/tensor "graph-convolution-1\./);
  });
});

function distancesTo(joint: string): object {
  const { pose } = exported.description.preprocessing;
  return { pose, channels: [{ step: 'distances', joints: [joint], chunks: 2 }] };
}

test('weights of members come back to the bit, and those between members are refused', () => {
  const model = randomModel([{ kind: 'dense', units: 4, members: 2 }], 1);
  const members = decodeSafetensors(exportSafetensors(model).files[0], 'f');
  expect(importSafetensors(encodeSafetensors(members), 'f').model.atRate(0)).toEqual(model.atRate(0));
  const weight = members.tensors.get('dense-1.weight')!;
  const numbers = new Float32Array(weight.bytes.slice().buffer);
  expect([0, 1, 2, 3].map((value) => numbers[value] !== 0)).toEqual([true, false, true, false]);
  numbers[1] = 0.5;
  const tensors = new Map(members.tensors).set('dense-1.weight', { ...weight, bytes: float32Bytes(numbers) });
  expect(() => importSafetensors(encodeSafetensors({ ...members, tensors }), 'f')).toThrow(
    'f, tensor "dense-1.weight", number 1: expected 0 between the units of one member and the values of another, found 0.5',
  );
});

test('weights that became zero are pruned, and those that were pruned may grow', () => {
  const weights = exported.network.weightCount;
  const nothing = withTensor('classifier.weight', (values) => values.fill(0));
  const kept = exported.parameters.latents
    .slice(0, -1)
    .reduce((sum, tensor) => sum + tensor.filter((latent) => latent !== 0).length, 0);
  expect(importSafetensors(nothing, 'f').model.rate).toBeCloseTo(1 - kept / weights, 12);
  const all = withTensor('classifier.weight', (values) => values.fill(0.5));
  const grown = kept + file.tensors.get('classifier.weight')!.bytes.length / 4;
  expect(importSafetensors(all, 'f').model.rate).toBeCloseTo(1 - grown / weights, 12);
});

test('means and deviations between the steps of a model file are rounded, and it is told how far', () => {
  expect(importSafetensors(encodeSafetensors(file), 'f').rounding).toBe(0);
  const moved = withTensor('features.mean', (values) => {
    values[5] += 0.01;
  });
  const { mean, inverseDeviation } = exported.parameters;
  const { model, rounding } = importSafetensors(moved, 'f');
  expect(rounding).toBeCloseTo(0.01 * inverseDeviation[5], 5);
  expect(model.parameters.mean).toEqual(mean);
  const stretched = withTensor('features.inverse-deviation', (values) => {
    values[5] *= 1.1;
  });
  const imported = importSafetensors(stretched, 'f');
  // a feature 6 deviations off the mean, before it is clamped
  expect(imported.rounding).toBeCloseTo(6 * (1 - 1 / 1.1), 5);
  expect(imported.model.parameters.inverseDeviation).toEqual(inverseDeviation);
});

test('a bias that leads beyond float32 at other rates is refused', () => {
  const { description, parameters, rate } = exported;
  const steep = parameters.biases.map((curve) => ({
    ...curve,
    values: curve.values.map((_, i) => (i < curve.size ? 3e38 : -3e38)),
  }));
  const like = new Model(description, { ...parameters, biases: steep }, rate);
  expect(() => importSafetensors(encodeSafetensors(file), 'f', { like })).toThrow(
    /^f, tensor "graph-convolution-1\.bias": expected biases that float32 can hold at every rate, found /,
  );
});

test('weights that do not change come back to the bit', () => {
  const { model } = importSafetensors(encodeSafetensors(file), 'f');
  expect(model.atRate(model.rate)).toEqual(exported.atRate(exported.rate));
});
