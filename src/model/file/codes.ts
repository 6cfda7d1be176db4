import { MAX_CODE, magnitudeOf, type Precision } from '../../runtime/file/precision.js';
import { CURVE_STEP } from '../../runtime/file/tables.js';

interface Latents {
  readonly latents: readonly Float32Array[];
}

/** The magnitude of code 1 where codes are whole multiples of it, or 1. */
export const quantaOf: Readonly<Record<Precision, (parameters: Latents) => number>> = {
  float32: () => 1,
  float16: () => 1,
  int8: quantumOf,
};

/** The quantum of int8 codes, the magnitude of code 1: a float16 that spans the greatest magnitude in 127 quanta; 1 of none. */
function quantumOf({ latents }: Latents): number {
  let greatest = 0;
  for (const tensor of latents) for (const latent of tensor) greatest = Math.max(greatest, Math.abs(latent));
  if (greatest === 0) return 1;
  const wanted = greatest / MAX_CODE.int8;
  const code = float16Code(wanted);
  return magnitudeOf(magnitudeOf(code, 'float16', 1) < wanted ? code + 1 : code, 'float16', 1);
}

/** The code of the nearest magnitude that is not zero. */
export function codeOf(magnitude: number, precision: Precision, quantum: number): number {
  const code = nearestCodes[precision](magnitude, quantum);
  return Math.min(Math.max(code, 1), MAX_CODE[precision]);
}

/** Whether a magnitude is nearer to zero than to the least that a code can say. */
export function roundsToZero(magnitude: number, precision: Precision, quantum: number): boolean {
  return nearestCodes[precision](magnitude, quantum) === 0;
}

/** The code of the nearest magnitude, 0 included. */
const nearestCodes: Readonly<Record<Precision, (magnitude: number, quantum: number) => number>> = {
  float32: float32Bits,
  float16: float16Code,
  int8: (magnitude, quantum) => Math.round(magnitude / quantum),
};

/** Ties to even, as IEEE 754 has it. */
function float16Code(magnitude: number): number {
  if (magnitude < 2 ** -14) return Math.round(magnitude * 2 ** 24);
  const bits = float32Bits(magnitude) - (112 << 23);
  return (bits + 0xfff + ((bits >> 13) & 1)) >> 13;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

function float32Bits(value: number): number {
  float[0] = value;
  return word[0];
}

/** Whether curves are float32 beside weights of a precision, as readTables has it. */
export const exactCurves: Readonly<Record<Precision, boolean>> = { float32: true, float16: false, int8: false };

const MOST_CURVE_CODE = 2 ** 29;

/** A number of a curve, counted in steps. */
export function curveCode(value: number): number {
  return Math.min(Math.max(Math.round(value / CURVE_STEP), -MOST_CURVE_CODE), MOST_CURVE_CODE);
}
