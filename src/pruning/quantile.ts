/** Bins of |ŵ| from which thresholds are read during training; the last bin is open. */
export const MAGNITUDE_BINS = 4096;
export const MAGNITUDE_RANGE = 8;

/**
 * The empirical quantile of |ŵ|, linear inside a bin of width range / bins.
 * @param masses counts of |ŵ| a bin, [MAGNITUDE_BINS]
 */
export function magnitudeQuantile(masses: Float64Array, rate: number): number {
  const width = MAGNITUDE_RANGE / MAGNITUDE_BINS;
  const wanted = rate * masses.reduce((sum, mass) => sum + mass, 0);
  let below = 0;
  for (let bin = 0; bin < masses.length; bin++) {
    if (below + masses[bin] >= wanted) return (bin + (wanted - below) / Math.max(masses[bin], 1)) * width;
    below += masses[bin];
  }
  return MAGNITUDE_RANGE;
}

/** How many latents have a magnitude below x, linear inside a bin. */
export function massBelow(masses: Float64Array, x: number): number {
  const place = Math.min((x / MAGNITUDE_RANGE) * MAGNITUDE_BINS, MAGNITUDE_BINS);
  const bin = Math.floor(place);
  let below = 0;
  for (let i = 0; i < bin; i++) below += masses[i];
  return bin < masses.length ? below + (place - bin) * masses[bin] : below;
}
