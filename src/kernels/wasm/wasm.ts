import type { Kernels } from '../contract.js';
import { deterministic, fast } from './binaries.js';
import { type Binary, bytesOf } from './binary.js';

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
  return WebAssembly.validate(bytesOf(fast, false));
}

/** The WebAssembly SIMD kernels over a memory. */
export function wasmKernels(memory: KernelMemory, mode: KernelMode = 'deterministic'): Kernels {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const exports = instantiate(mode, memory, shared);
  const heap = {
    buffer: memory.buffer,
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
  };
  return { heap, ...(exports as unknown as Omit<Kernels, 'heap'>) };
}

/** Runs `rounds` × 96 floating-point operations on registers alone: what the kernels can reach at most. */
export function peakOf(mode: KernelMode): (rounds: number) => void {
  return instantiate(mode, allocateMemory(PAGE, false), false).peak as (rounds: number) => void;
}

const BINARIES: Readonly<Record<KernelMode, Binary>> = { deterministic, fast };

/** Modules that were compiled already, by mode and memory. */
const compiled = new Map<string, WebAssembly.Module>();

function instantiate(mode: KernelMode, memory: KernelMemory, shared: boolean): WebAssembly.Exports {
  const env = { memory: memory as WebAssembly.Memory, abort };
  const key = `${mode} ${shared}`;
  const module = compiled.get(key) ?? new WebAssembly.Module(bytesOf(BINARIES[mode], shared));
  compiled.set(key, module);
  return new WebAssembly.Instance(module, { env }).exports;
}

function abort(): never {
  throw new Error('a WebAssembly kernel aborted');
}
