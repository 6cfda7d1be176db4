// The reference shape of `anyrate bench step` for peers in JavaScript: sizes, rates and random numbers.
export const NODES = 30;
export const CHANNELS = 12;
export const HEADS = 16;
export const FILTERS = 32;
export const DENSE = 128;
export const CLASSES = 8;
export const BATCH = 200;
export const RATES = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
export const CRISPNESS = 1000;
/** Shapes of attention, filters, dense and classifier, and what each sums over. */
export const SHAPES = [
  [HEADS, NODES, NODES],
  [HEADS * CHANNELS, FILTERS],
  [NODES * FILTERS, DENSE],
  [DENSE, CLASSES],
];
export const SCALES = [NODES, HEADS * CHANNELS, NODES * FILTERS, DENSE].map((fanIn) => Math.sqrt(2 / fanIn));
export const BIASES = [FILTERS, DENSE, CLASSES];
/** Quantiles of |N(0, 1)| at RATES. */
export const THRESHOLDS = [0, 0.67449, 0.84162, 1.03643, 1.28155, 1.64485, 1.95996, 2.32635];

export const product = (shape) => shape.reduce((a, b) => a * b, 1);

/** Standard normal numbers by Box and Muller, for timing only. */
export function normals(count) {
  return Float32Array.from({ length: count }, () => {
    return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  });
}

/** Median milliseconds of an async step. */
export async function medianTime(step, count, warmUp = 2) {
  const times = [];
  for (let i = 0; i < warmUp + count; i++) {
    const start = performance.now();
    await step();
    if (i >= warmUp) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[count >> 1];
}

export function report(peer, version, msPerStep) {
  const row = { peer, divergence: 'none', threads: 1, msPerStep: Number(msPerStep.toFixed(2)), rates: RATES, version };
  console.log(JSON.stringify(row));
}
