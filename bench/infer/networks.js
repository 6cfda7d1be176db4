// The networks that inference is compared on, and the files that each engine reads.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Random } from '../../dist/core/random.js';
import { roundStandardisation } from '../../dist/model/file/standardisation.js';
import { networkSchema } from '../../dist/model/network-schema.js';
import { createCurve } from '../../dist/model/rate-curve.js';
import {
  cut,
  decodeModel,
  exportModel,
  layoutNamed,
  loadDataset,
  Model,
  quantise,
  saveModel,
} from '../../dist/node.js';

/** Sequences that are classified in turn. */
const SEQUENCES = 20;

/** The shape that training is compared on, with random weights and sequences: 144,448 weights. */
export function referenceNetwork() {
  const random = new Random(1);
  const normals = (count, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());
  const description = {
    layout: layoutNamed('kinect-v1-15'),
    persons: 2,
    classes: [...'abcdefgh'],
    preprocessing: { pose: [{ step: 'resample', frames: 32 }], channels: [{ step: 'positions', chunks: 4 }] },
    layers: v.parse(networkSchema, [
      { kind: 'graph-convolution', heads: 16, filters: 32, combine: 'sum' },
      { kind: 'dense', units: 128 },
    ]),
    provenance: { dataset: 'none', split: 'none', recipe: 'reference', seed: 1, trainedRates: [0], version: '0' },
  };
  const { network } = new Model(description, undefined);
  const features = network.input.nodes * network.input.channels;
  const mean = normals(features, 0.1);
  const inverseDeviation = normals(features).map((value) => Math.exp(0.5 * value));
  roundStandardisation(mean, inverseDeviation);
  const model = new Model(description, {
    latents: network.weights.map(({ rows, columns }) => normals(rows * columns)),
    scales: network.weights.map(({ columns }) => Math.sqrt(2 / columns)),
    gains: network.weights.map(() => createCurve(9, 1)),
    biases: network.biases.map(({ size }) => ({ knots: 9, size, values: biasCurve(random, size) })),
    mean,
    inverseDeviation,
  });
  const sequences = Array.from({ length: SEQUENCES }, () => ({
    frames: 40,
    persons: 2,
    joints: 15,
    positions: normals(40 * 90),
  }));
  return { name: 'reference', model: quantise(model, 'float16'), sequences };
}

/** [knots][size]: not zero, and smooth over the rate, so that the file holds curves as a trained one does. */
function biasCurve(random, size) {
  const [starts, steps] = [0.1, 0.01].map((scale) => Array.from({ length: size }, () => scale * random.normal()));
  return Float64Array.from({ length: 9 * size }, (_, i) => starts[i % size] + Math.floor(i / size) * steps[i % size]);
}

/** The trained network of the examples, on recordings of the test subjects. */
export async function trainedNetwork() {
  const file = new URL('../../examples/irds.anyrate', import.meta.url);
  const { samples, splits } = await loadDataset('irds');
  const sequences = splits[0].test.slice(0, SEQUENCES).map((index) => samples[index]);
  return { name: 'irds', model: decodeModel(readFileSync(file), 'irds.anyrate'), sequences };
}

/** Writes a network at each rate for every engine, and the features; returns the folder. */
export async function writeNetwork({ name, model, sequences }, rates, parent) {
  const folder = join(parent, name);
  mkdirSync(folder);
  for (const rate of rates) {
    const small = cut(model, { rate });
    saveModel(small, join(folder, `${rate}.anyrate`));
    const onnx = await exportModel(small, 'onnx', { input: 'features' });
    writeFileSync(join(folder, `${rate}.onnx`), onnx.files[0]);
    writeFileSync(join(folder, `${rate}.safetensors`), (await exportModel(small, 'safetensors')).files[0]);
  }
  const { mean, inverseDeviation } = model.parameters;
  const rows = [mean, inverseDeviation, ...sequences.map((sequence) => model.pipeline.features(sequence))];
  const bytes = (some) => Buffer.concat(some.map((row) => new Uint8Array(row.buffer, row.byteOffset, row.byteLength)));
  writeFileSync(join(folder, 'features.f32'), bytes(rows));
  writeFileSync(join(folder, 'first.f32'), bytes(rows.slice(0, 3)));
  return folder;
}
