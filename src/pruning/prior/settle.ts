import type { Prior } from './prior.js';

/**
 * Latents with the prior's quantiles in place of their magnitudes: the one with rank i of N, from the smallest, gets
 * a((i + ½) / N). Signs and order stay, so that every cut keeps the same weights, and a(r) prunes the share r to a weight.
 */
export function settled(latents: readonly Float32Array[], prior: Prior): Float32Array[] {
  const all = Float32Array.from(latents.flatMap((tensor) => Array.from(tensor)));
  const ranked = Uint32Array.from(all.keys()).sort((i, j) => Math.abs(all[i]) - Math.abs(all[j]) || i - j);
  for (const [rank, place] of ranked.entries()) {
    all[place] = Math.sign(all[place]) * prior.threshold((rank + 0.5) / all.length);
  }
  let start = 0;
  return latents.map(({ length }) => {
    start += length;
    return all.subarray(start - length, start);
  });
}
