import type { Kernels } from '../contract.js';
import { deterministic, fast } from './binaries.js';
import { type Binary, bytesOf } from './binary.js';
import { allocateMemory, heapOf, instantiate, type KernelMemory, PAGE } from './memory.js';

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
  const exports = instantiate(moduleOf(mode, shared), memory) as unknown as Omit<Kernels, 'heap'>;
  return { heap: heapOf(memory), ...exports };
}

/** Runs `rounds` × 96 floating-point operations on registers alone: what the kernels can reach at most. */
export function peakOf(mode: KernelMode): (rounds: number) => void {
  return instantiate(moduleOf(mode, false), allocateMemory(PAGE, false)).peak as (rounds: number) => void;
}

const BINARIES: Readonly<Record<KernelMode, Binary>> = { deterministic, fast };

/** Modules that were compiled already, by mode and memory. */
const compiled = new Map<string, WebAssembly.Module>();

function moduleOf(mode: KernelMode, shared: boolean): WebAssembly.Module {
  const key = `${mode} ${shared}`;
  const module = compiled.get(key) ?? new WebAssembly.Module(bytesOf(BINARIES[mode], shared));
  compiled.set(key, module);
  return module;
}
