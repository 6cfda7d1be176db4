/** Standardised features are clamped to ± this. */
export const FEATURE_LIMIT = 6;

/** (x − mean) · inverseDeviation, clamped to ± FEATURE_LIMIT, in place. */
export function standardise(features: Float32Array, mean: Float32Array, inverseDeviation: Float32Array): Float32Array {
  for (let i = 0; i < features.length; i++) {
    const x = (features[i] - mean[i]) * inverseDeviation[i];
    features[i] = Math.min(Math.max(x, -FEATURE_LIMIT), FEATURE_LIMIT);
  }
  return features;
}
