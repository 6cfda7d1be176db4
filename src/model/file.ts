import {
  ByteReader,
  concatenate,
  damaged,
  type FileKind,
  float32Bytes,
  float64Bytes,
  varintBytes,
} from '../core/bytes.js';
import { seal, unseal } from '../core/sealed-file.js';
import { headerOf, openHeader } from './file/header.js';
import { Model, type ModelParameters } from './model.js';
import type { RateCurve } from './rate-curve.js';

/*
 * An .anyrate file is a sealed file (core/sealed-file.ts). Its body, little-endian:
 *   rate     float64, the least pruning rate that it holds
 *   weights  for each tensor: zeros before each non-zero latent (LEB128), then the non-zero latents (float32)
 *   curves   gains of all tensors, then all biases, [knots][size] float32 each
 *   features mean, then inverse deviation, [nodes][channels] float32 each
 */
const KIND: FileKind = { magic: 'anyrate', version: 1, title: 'an .anyrate model' };

/** A model as a file. */
export function encodeModel(model: Model): Uint8Array {
  const { latents, gains, biases, mean, inverseDeviation } = model.parameters;
  return seal(KIND, headerOf(model), [
    float64Bytes([model.rate]),
    ...latents.map(latentBytes),
    ...[...gains, ...biases].map(({ values }) => float32Bytes(values)),
    ...[mean, inverseDeviation].map(float32Bytes),
  ]);
}

/** Reads a file of `encodeModel`. @throws InputError on anything else; `source` is its name there */
export function decodeModel(bytes: Uint8Array, source: string): Model {
  const { header, body } = unseal(KIND, bytes, source);
  const { description, network, knots, scales, nonzeros } = openHeader(header, source);
  const reader = new ByteReader(body, source);
  const rate = readRate(reader, source);
  const features = network.input.nodes * network.input.channels;
  const curves = (specs: readonly { fullName: string; size: number }[]) =>
    specs.map(({ fullName, size }) => readCurve(reader, knots, size, fullName));
  const parameters: ModelParameters = {
    latents: network.weights.map(({ fullName, rows, columns }, t) =>
      readLatents(reader, rows * columns, nonzeros[t], fullName, source),
    ),
    scales,
    gains: curves(network.weights.map(({ fullName }) => ({ fullName: `gain of ${fullName}`, size: 1 }))),
    biases: curves(network.biases),
    mean: reader.float32s(features, 'mean of the features'),
    inverseDeviation: reader.float32s(features, 'deviation of the features'),
  };
  reader.end('end');
  return new Model(description, parameters, rate);
}

function latentBytes(latents: Float32Array): Uint8Array {
  const places = Uint32Array.from(latents.keys()).filter((place) => latents[place] !== 0);
  const gaps = places.map((place, i) => (i === 0 ? place : place - places[i - 1] - 1));
  return concatenate([varintBytes(gaps), float32Bytes(latents.filter((latent) => latent !== 0))]);
}

function readLatents(reader: ByteReader, size: number, nonzeros: number, name: string, source: string): Float32Array {
  const latents = new Float32Array(size);
  const places = new Uint32Array(nonzeros);
  let place = -1;
  for (let i = 0; i < nonzeros; i++) {
    place += reader.varint(name) + 1;
    if (place >= size) throw damaged(source, name, `places below ${size}`, `${place}`);
    places[i] = place;
  }
  for (const [i, latent] of reader.float32s(nonzeros, name).entries()) {
    if (latent === 0) throw damaged(source, name, 'non-zero weights', 'a zero');
    latents[places[i]] = latent;
  }
  return latents;
}

function readCurve(reader: ByteReader, knots: number, size: number, name: string): RateCurve {
  return { knots, size, values: Float64Array.from(reader.float32s(knots * size, name)) };
}

function readRate(reader: ByteReader, source: string): number {
  const rate = reader.float64('rate');
  if (rate >= 0 && rate < 1) return rate;
  throw damaged(source, 'rate', 'a rate from 0 up to, but not including, 1', String(rate));
}
