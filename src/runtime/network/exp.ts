/**
 * e^x, to about 1 + |x| units in the last place, by a series around a power of two: operations that all engines round
 * alike, where their Math.exp differ. Of what is no finite number it is none.
 */
export function exp(x: number): number {
  const k = Math.round(x / Math.LN2);
  let sum = 1;
  let scale = 1;
  for (let i = 14; i; i--) {
    scale *= i;
    sum = sum * (x - k * Math.LN2) + scale;
  }
  return x < -1e3 ? 0 : (sum / scale) * 2 ** k; // of what is too small for a number, the series may be none
}
