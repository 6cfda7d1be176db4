/** ψ_{a,σ}(ŵ) = 1 / (1 + exp(σ (a² − ŵ²))), the band-stop function of MRMP (arXiv 2312.17615). */
export function bandStop(latent: number, threshold: number, crispness: number): number {
  return 1 / (1 + Math.exp(crispness * (threshold * threshold - latent * latent)));
}

/** The magnitude below which ψ < epsilon: such weights are left out of the support. 0 where ψ is never so small. */
export function supportLimit(threshold: number, crispness: number, epsilon: number): number {
  const square = threshold * threshold - Math.log((1 - epsilon) / epsilon) / crispness;
  return Math.sqrt(Math.max(square, 0));
}
