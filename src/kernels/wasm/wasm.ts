import type { Kernels } from '../contract.js';
import * as binaries from './binaries.js';

const PAGE = 65536;
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

/**
 * `deterministic`: plain SIMD, the same bits on every machine. `fast`: relaxed SIMD, whose rounding may differ between
 * machines; only where `supportsFast()`.
 */
export type KernelMode = 'deterministic' | 'fast';

/** Whether this engine runs relaxed SIMD (Node 20 only with a V8 flag). */
export function supportsFast(): boolean {
  return WebAssembly.validate(decodeBase64(binaries.relaxedPlain));
}

/** The WebAssembly SIMD kernels over a memory. */
export function wasmKernels(memory: KernelMemory, mode: KernelMode = 'deterministic'): Kernels {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const variants = {
    deterministic: shared ? binaries.shared : binaries.plain,
    fast: shared ? binaries.relaxedShared : binaries.relaxedPlain,
  };
  const exports = instantiate(variants[mode], memory);
  const heap = {
    buffer: memory.buffer,
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
  };
  return { heap, ...(exports as unknown as Omit<Kernels, 'heap'>) };
}

/** Runs `rounds` × 96 floating-point operations on registers alone: what the kernels can reach at most. */
export function peakOf(mode: KernelMode): (rounds: number) => void {
  const binary = mode === 'fast' ? binaries.relaxedPlain : binaries.plain;
  return instantiate(binary, allocateMemory(PAGE, false)).peak as (rounds: number) => void;
}

/** Modules that were compiled already, by their base64. */
const compiled = new Map<string, WebAssembly.Module>();

function instantiate(binary: string, memory: KernelMemory): WebAssembly.Exports {
  const env = { memory: memory as WebAssembly.Memory, abort };
  const module = compiled.get(binary) ?? new WebAssembly.Module(decodeBase64(binary));
  compiled.set(binary, module);
  return new WebAssembly.Instance(module, { env }).exports;
}

function abort(): never {
  throw new Error('a WebAssembly kernel aborted');
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
