import { FormatError } from '../format-error.js';
import type { RateCurve } from '../rate-curve.js';
import { BitReader } from './bit-reader.js';
import { magnitudeOf, type Precision } from './precision.js';

/** Curves stand in multiples of this, except beside float32 weights. */
export const CURVE_STEP = 2 ** -12;
/** Means stand in so many parts of their deviation. */
export const MEAN_PARTS = 32;

/** How many numbers the tables of a file hold. */
export interface TableSizes {
  readonly blocks: number;
  readonly nodes: number;
  /** Of a node. */
  readonly channels: number;
  readonly knots: number;
  readonly tensors: number;
  /** Units of each bias. */
  readonly biases: readonly number[];
}

/** All numbers of a network that are not weights. */
export interface Tables {
  /** Bytes of each block. */
  readonly blocks: Int32Array;
  /** [nodes][channels] each. */
  readonly mean: Float32Array;
  readonly inverseDeviation: Float32Array;
  readonly gains: RateCurve[];
  readonly biases: RateCurve[];
}

export function readTables(bytes: Uint8Array, sizes: TableSizes, precision: Precision): Tables {
  const bits = new BitReader(bytes, 'tables');
  const features = sizes.nodes * sizes.channels;
  const blocks = bits.series(sizes.blocks, 1);
  const inverseDeviation = Float32Array.from(bits.series(features, sizes.channels), inverseDeviationOf);
  const mean = Float32Array.from(bits.series(features, sizes.channels), (code, i) => meanOf(code, inverseDeviation[i]));
  const curve = (size: number) => readCurve(bits, sizes.knots, size, precision);
  const gains = Array.from({ length: sizes.tensors }, () => curve(1));
  const biases = sizes.biases.map(curve);
  bits.end();
  for (const values of [mean, inverseDeviation, ...[...gains, ...biases].map((own) => own.values)]) checkFinite(values);
  return { blocks, mean, inverseDeviation, gains, biases };
}

/** Eight equal parts an octave. */
export function inverseDeviationOf(code: number): number {
  return (8 + (code & 7)) * 2 ** (code >> 3);
}

export function meanOf(code: number, inverseDeviation: number): number {
  return code / (MEAN_PARTS * inverseDeviation);
}

function readCurve(bits: BitReader, knots: number, size: number, precision: Precision): RateCurve {
  const values =
    precision === 'float32'
      ? Float64Array.from({ length: knots * size }, () => float32(bits.bits(1), bits.bits(31)))
      : Float64Array.from(bits.series(knots * size, size), (code) => code * CURVE_STEP);
  return { knots, size, values };
}

function float32(sign: number, code: number): number {
  return (sign ? -1 : 1) * magnitudeOf(code, 'float32', 1);
}

function checkFinite(values: Float32Array | Float64Array): void {
  for (const value of values) if (!Number.isFinite(value)) throw new FormatError('tables', 'finite numbers', value);
}
