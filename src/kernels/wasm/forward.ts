import type { ForwardKernels } from '../contract.js';
import { decode } from './binary.js';
import { kernel } from './forward-kernel.js';
import { allocateMemory, heapOf, instantiate } from './memory.js';

let module: WebAssembly.Module | undefined;

/** The kernels that answers need, over plain memory for `bytes`: the same bits as those of `deterministic` kernels. */
export function forwardKernels(bytes: number): ForwardKernels {
  module ??= new WebAssembly.Module(decode(kernel));
  const memory = allocateMemory(bytes, false);
  const exports = instantiate(module, memory) as unknown as Omit<ForwardKernels, 'heap'>;
  return { heap: heapOf(memory), ...exports };
}
