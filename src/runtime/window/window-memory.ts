import { kernel } from './window-kernel.js';

/** Of assembly/windows/: addresses and sizes in bytes, and counts. */
export interface WindowKernel {
  deal(window: number, stride: number, clip: number, plane: number, frames: number, joints: number): number;
  measure(clip: number, plane: number, frames: number, anchors: number, roots: number): void;
  rootX(): number;
  clear(sums: number): void;
  collect(sums: number, persons: number): void;
  straighten(sums: number, isScaled: number): void;
  turn(up: number, isScaled: number): void;
  move(clip: number, plane: number, frames: number, lanes: number, origin: number, next: number): void;
  bones(clip: number, plane: number, frames: number, signals: number, parents: number, series: number): void;
  widen(clip: number, bytes: number, wide: number): void;
  distances(
    wide: number,
    plane: number,
    used: number,
    frames: number,
    count: number,
    targets: number,
    chunks: number,
    isPower: number,
    out: number,
  ): void;
  means(
    series: number,
    row: number,
    size: number,
    frames: number,
    chunks: number,
    isSteps: number,
    isPower: number,
    out: number,
  ): void;
  summarise(series: number, row: number, size: number, frames: number, out: number): void;
  standardise(channels: number, bytes: number, mean: number, inverse: number, limit: number, wide: number): void;
  spread(
    rows: number,
    bias: number,
    ends: number,
    from: number,
    weights: number,
    x: number,
    size: number,
    y: number,
    fold: number,
  ): void;
  multiply(
    groups: number,
    bias: number,
    ends: number,
    from: number,
    weights: number,
    x: number,
    y: number,
    fold: number,
  ): void;
}

type Values = Int32Array | Float32Array | Float64Array;

/** Before it, the kernel has numbers of its own. */
const START = 4096;
const PAGE = 65536;
const VECTOR = 16;

let module: WebAssembly.Module | undefined;

/** Tables and room in the memory of a kernel, laid out before there is any. */
export class WindowMemory {
  private readonly tables: [address: number, values: Values][] = [];
  private end = START;

  /** Room for so many bytes and what a vector reads beyond; its address. */
  room(bytes: number): number {
    const address = this.end;
    this.end = (Math.ceil((address + bytes) / VECTOR) + 3) * VECTOR;
    return address;
  }

  /** Room with values in it; its address. */
  table(values: Values): number {
    const address = this.room(values.byteLength);
    this.tables.push([address, values]);
    return address;
  }

  /** @throws Error where there is no WebAssembly with SIMD */
  open(): { readonly kernel: WindowKernel; readonly buffer: ArrayBuffer } {
    module ??= new WebAssembly.Module(Uint8Array.from(atob(kernel), (character) => character.charCodeAt(0)));
    const memory = new WebAssembly.Memory({ initial: Math.ceil(this.end / PAGE) });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    for (const [address, values] of this.tables) {
      new (values.constructor as Float32ArrayConstructor)(memory.buffer, address, values.length).set(values);
    }
    return { kernel: exports as unknown as WindowKernel, buffer: memory.buffer };
  }
}
