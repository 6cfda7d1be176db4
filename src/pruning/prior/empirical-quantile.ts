/** Bins of |ŵ| from which thresholds are read during training; the last bin is open. */
export const MAGNITUDE_BINS = 4096;
export const MAGNITUDE_RANGE = 8;

/** How many latents are below each bin and, last, below all: [bins + 1], of counts a bin. */
export function cumulate(masses: ArrayLike<number>): Float64Array {
  const below = new Float64Array(masses.length + 1);
  for (let bin = 0; bin < masses.length; bin++) below[bin + 1] = below[bin] + masses[bin];
  return below;
}

/**
 * The empirical quantile of |ŵ|, linear inside a bin of width range / bins.
 * @param below counts of |ŵ| below each bin, see `cumulate`
 */
export function magnitudeQuantile(below: Float64Array, rate: number): number {
  const wanted = rate * below[MAGNITUDE_BINS];
  let [bin, last] = [0, MAGNITUDE_BINS - 1];
  while (bin < last) {
    const middle = (bin + last) >> 1;
    if (below[middle + 1] >= wanted) last = middle;
    else bin = middle + 1;
  }
  const mass = Math.max(below[bin + 1] - below[bin], 1);
  return ((bin + (wanted - below[bin]) / mass) * MAGNITUDE_RANGE) / MAGNITUDE_BINS;
}

/** How many latents have a magnitude below x, linear inside a bin. */
export function massBelow(below: Float64Array, x: number): number {
  const place = Math.min((x / MAGNITUDE_RANGE) * MAGNITUDE_BINS, MAGNITUDE_BINS);
  const bin = Math.floor(place);
  return bin < MAGNITUDE_BINS ? below[bin] + (place - bin) * (below[bin + 1] - below[bin]) : below[bin];
}
