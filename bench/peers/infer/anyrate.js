// The runtime; a file is an .anyrate model.
import { RuntimeModel } from '../../../dist/runtime.min.js';

/** From here on features are standardised and clamped, as the other engines' graphs do it. */
export async function load(bytes, { mean, inverseDeviation }) {
  const view = new RuntimeModel(bytes).view();
  const standardised = new Float32Array(mean.length);
  return (features) => {
    for (let i = 0; i < mean.length; i++) {
      standardised[i] = Math.min(Math.max((features[i] - mean[i]) * inverseDeviation[i], -6), 6);
    }
    return view.run(standardised);
  };
}
