import type { Kernels } from '../contract.js';
import { elementwiseKernels } from './elementwise.js';
import { latentKernels } from './latents.js';
import { productKernels } from './products.js';

/** The slow, obvious kernels over a buffer: the definition that WebAssembly is tested against. Sums in double precision. */
export function referenceKernels(buffer: ArrayBufferLike): Kernels {
  const heap = { buffer, floats: new Float32Array(buffer), ints: new Int32Array(buffer) };
  return { heap, ...productKernels(heap), ...elementwiseKernels(heap), ...latentKernels(heap) };
}
