import type { Heap } from '../contract.js';

export const PAGE = 65536;
const MOST_PAGES = 65536;

/** A WebAssembly.Memory, whose name is unknown to projects that compile without the DOM library. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

/** Memory for `bytes`; shared between threads if asked. @throws RangeError where the machine cannot give so much. */
export function allocateMemory(bytes: number, shared: boolean): KernelMemory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory(shared ? { initial: pages, maximum: MOST_PAGES, shared } : { initial: pages });
}

/** A memory as kernels see it. */
export function heapOf({ buffer }: KernelMemory): Heap {
  return { buffer, floats: new Float32Array(buffer), ints: new Int32Array(buffer) };
}

/** What a WebAssembly.Module of kernels exports over a memory. */
export function instantiate(module: object, memory: KernelMemory): Readonly<Record<string, unknown>> {
  const env = { memory: memory as WebAssembly.Memory, abort };
  return new WebAssembly.Instance(module as WebAssembly.Module, { env }).exports;
}

function abort(): never {
  throw new Error('a WebAssembly kernel aborted');
}
