import { BitWriter, bestRice } from '../../core/bit-writer.js';
import { RICE_ESCAPE } from '../../runtime/file/bit-reader.js';
import type { Precision } from '../../runtime/file/precision.js';
import type { RateCurve } from '../../runtime/network/rate.js';
import { curveCode, exactCurves } from './codes.js';
import { standardisationCodes } from './standardisation.js';

/** The numbers of a model that are not weights. */
interface TableContent {
  readonly mean: Float32Array;
  readonly inverseDeviation: Float32Array;
  readonly gains: readonly RateCurve[];
  readonly biases: readonly RateCurve[];
}

/** The tables of a file: lengths of its blocks, standardisation, gains and biases. */
export function writeTables(
  blocks: readonly number[],
  channels: number,
  { mean, inverseDeviation, gains, biases }: TableContent,
  precision: Precision,
): Uint8Array {
  const writer = new BitWriter();
  const codes = standardisationCodes(mean, inverseDeviation);
  writeSeries(writer, blocks, 1);
  writeSeries(writer, codes.inverseDeviation, channels);
  writeSeries(writer, codes.mean, channels);
  for (const curve of [...gains, ...biases]) writeCurve(writer, curve, precision);
  return writer.finish();
}

function writeCurve(writer: BitWriter, { size, values }: RateCurve, precision: Precision): void {
  if (!exactCurves[precision]) {
    writeSeries(writer, Array.from(values, curveCode), size);
    return;
  }
  const words = new Uint32Array(Float32Array.from(values).buffer);
  for (const word of words) {
    writer.bits(word >>> 31, 1);
    writer.bits(word & 0x7fffffff, 31);
  }
}

/** Each number as its difference from that `stride` before it: k, then Golomb-Rice of the differences, signs folded in. */
function writeSeries(writer: BitWriter, values: ArrayLike<number>, stride: number): void {
  const differences = Array.from(values, (value, i) => value - (i < stride ? 0 : values[i - stride]));
  const folded = differences.map((difference) => (difference < 0 ? -2 * difference - 1 : 2 * difference));
  const k = bestRice(folded, RICE_ESCAPE);
  writer.bits(k, 5);
  for (const value of folded) writer.rice(value, k, RICE_ESCAPE);
}
