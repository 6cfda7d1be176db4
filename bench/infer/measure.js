// Latency of a network, in Node and in pages alike.

/**
 * Median and 95th percentile of a call in microseconds, after as many to warm up. Where the clock is coarse, `group`
 * calls are timed together and count as one of their mean.
 */
export async function measure(run, inputs, rounds, group) {
  const times = new Float64Array(Math.ceil(rounds / group));
  for (const isWarm of [false, true]) {
    for (let i = 0; i < times.length; i++) {
      const start = performance.now();
      for (let j = 0; j < group; j++) {
        const answer = run(inputs[(i * group + j) % inputs.length]);
        if (answer instanceof Promise) await answer; // engines that answer at once do not wait
      }
      if (isWarm) times[i] = ((performance.now() - start) / group) * 1000;
    }
  }
  times.sort();
  return { median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] };
}

/** Reads rows of features: what they are standardised by, then those of sequences. */
export function readFeatures(bytes, width) {
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const rows = Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));
  const [mean, inverseDeviation, ...inputs] = rows;
  return { mean, inverseDeviation, inputs };
}
