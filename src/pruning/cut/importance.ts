import { greatestFirst } from '../../core/math.js';

/**
 * Importance of every weight: positions into all latents laid end to end, greatest |ŵ| first; equal ones in their
 * order. Every cut keeps a prefix of it, so that supports are nested.
 */
export function importanceOrder(latents: readonly Float32Array[]): Uint32Array {
  const magnitudes = new Float32Array(latents.reduce((sum, tensor) => sum + tensor.length, 0));
  let next = 0;
  for (const tensor of latents) for (const latent of tensor) magnitudes[next++] = Math.abs(latent);
  return greatestFirst(new Uint32Array(magnitudes.buffer)); // floats that are not negative rise with their bits
}
