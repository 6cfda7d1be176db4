import { inverseDeviationOf, MEAN_PARTS, meanOf } from '../../runtime/file/tables.js';

/** Standardisation as whole numbers. */
export interface StandardisationCodes {
  readonly inverseDeviation: Int32Array;
  readonly mean: Int32Array;
}

/** So that differences of codes fit into 32 bits. */
const MOST_MEAN_CODE = 2 ** 29;
/** So that a deviation and its inverse are float32. */
const MOST_OCTAVE = 64;

/** The nearest deviations and means that a file can hold. */
export function standardisationCodes(mean: Float32Array, inverseDeviation: Float32Array): StandardisationCodes {
  const deviations = Int32Array.from(inverseDeviation, inverseDeviationCode);
  const means = Int32Array.from(mean, (value, i) => {
    const code = Math.round(value * inverseDeviationOf(deviations[i]) * MEAN_PARTS);
    return Math.min(Math.max(code, -MOST_MEAN_CODE), MOST_MEAN_CODE);
  });
  return { inverseDeviation: deviations, mean: means };
}

/** Rounds standardisation to what a file can hold, in place, before a network is trained on it. */
export function roundStandardisation(mean: Float32Array, inverseDeviation: Float32Array): void {
  const codes = standardisationCodes(mean, inverseDeviation);
  inverseDeviation.set(Float32Array.from(codes.inverseDeviation, inverseDeviationOf));
  mean.set(Float32Array.from(codes.mean, (code, i) => meanOf(code, inverseDeviation[i])));
}

/** The code of the nearest number, the greater of two that are equally near. */
function inverseDeviationCode(value: number): number {
  const octave = Math.min(Math.max(Math.floor(Math.log2(value)) - 1, -MOST_OCTAVE), MOST_OCTAVE);
  return octave * 2 + Math.min(Math.max(Math.round(value * 2 ** -octave) - 2, 0), 2);
}
