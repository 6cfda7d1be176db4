import type { Kernels } from '../kernels.js';
import * as binaries from './binaries.js';

const PAGE = 65536;
const MOST_PAGES = 65536;

/** Memory for `bytes`; shared between threads if asked. @throws RangeError where the machine cannot give so much. */
export function allocateMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory(shared ? { initial: pages, maximum: MOST_PAGES, shared } : { initial: pages });
}

/** The WebAssembly SIMD kernels over a memory; plain SIMD only, so the same bits on every machine. */
export function wasmKernels(memory: WebAssembly.Memory): Kernels {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const bytes = decodeBase64(shared ? binaries.shared : binaries.plain);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, abort } });
  const heap = {
    buffer: memory.buffer,
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
  };
  return { heap, ...(instance.exports as unknown as Omit<Kernels, 'heap'>) };
}

function abort(): never {
  throw new Error('a WebAssembly kernel aborted');
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
