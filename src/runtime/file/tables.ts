import { type LayerPlan, productsOf } from '../network/plan.js';
import type { RateCurve } from '../network/rate.js';
import { BitReader } from './bit-reader.js';
import { FormatError } from './container.js';
import { magnitudeOf, type Precision } from './precision.js';

/** Curves are multiples of this, except beside float32 weights. */
export const CURVE_STEP = 2 ** -9;
/** Means are counted in so many parts of their deviation; exported programs in C and WebAssembly know it too. */
export const MEAN_PARTS = 8;

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

/** @param blocks how many; @param knots of all curves */
export function readTables(
  bytes: Uint8Array,
  blocks: number,
  plan: readonly LayerPlan[],
  knots: number,
  precision: Precision,
): Tables {
  const bits = new BitReader(bytes, 'tables');
  const { nodes, channels, frames = 1 } = plan[0].input;
  const features = (nodes * channels) / frames;
  const lengths = bits.series(blocks, 1);
  const inverseDeviation = Float32Array.from(bits.series(features, channels), inverseDeviationOf);
  const means = bits.series(features, channels);
  const mean = Float32Array.from(means, (code, i) => meanOf(code, inverseDeviation[i]));
  const curve = (size: number) => ({ knots, size, values: readCurve(bits, knots * size, size, precision) });
  const gains = productsOf(plan).map(() => curve(1));
  const biases = plan.map(({ output }) => curve(output.channels));
  bits.end();
  for (const values of [mean, inverseDeviation, ...[...gains, ...biases].map((curve) => curve.values)]) {
    if (!values.every(Number.isFinite)) throw new FormatError('tables', 'finite numbers', 'others');
  }
  return { blocks: lengths, mean, inverseDeviation, gains, biases };
}

/** Two equal parts an octave. */
export function inverseDeviationOf(code: number): number {
  return (2 + (code & 1)) * 2 ** (code >> 1);
}

export function meanOf(code: number, inverseDeviation: number): number {
  return code / (MEAN_PARTS * inverseDeviation);
}

function readCurve(bits: BitReader, count: number, size: number, precision: Precision): Float64Array {
  return (precision satisfies 'float32' | 'float16' | 'int8') === 'float32'
    ? Float64Array.from({ length: count }, () => (bits.bits(1) ? -1 : 1) * magnitudeOf(bits.bits(31), precision, 1))
    : Float64Array.from(bits.series(count, size), (code) => code * CURVE_STEP);
}
