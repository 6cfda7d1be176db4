import { Random } from '../../src/core/random.js';
import { Arena } from '../../src/kernels/arena.js';
import type { Kernels, Pointer } from '../../src/kernels/contract.js';
import { clipKernels } from '../../src/kernels/reference/clips.js';
import { elementwiseKernels } from '../../src/kernels/reference/elementwise.js';
import { latentKernels } from '../../src/kernels/reference/latents.js';
import { normalisationKernels } from '../../src/kernels/reference/normalisation.js';
import { productKernels } from '../../src/kernels/reference/products.js';
import { allocateMemory } from '../../src/kernels/wasm/memory.js';
import { wasmKernels } from '../../src/kernels/wasm/wasm.js';

export interface Backend {
  readonly name: string;
  create(bytes: number): Kernels;
}

export const reference: Backend = {
  name: 'reference',
  create: (bytes) => referenceKernels(new ArrayBuffer(Math.ceil(bytes / 16) * 16)),
};

/** The slow, obvious kernels over a buffer: the definition that WebAssembly is tested against. Sums in double precision. */
function referenceKernels(buffer: ArrayBufferLike): Kernels {
  const heap = { buffer, floats: new Float32Array(buffer), ints: new Int32Array(buffer) };
  return {
    heap,
    ...productKernels(heap),
    ...normalisationKernels(heap),
    ...elementwiseKernels(heap),
    ...latentKernels(heap),
    ...clipKernels(heap),
  };
}

/** WebAssembly over plain and over shared memory; each compiled once, its heap cleared for every use. */
export const wasmBackends: readonly Backend[] = [
  { name: 'wasm', create: reused(false) },
  { name: 'wasm, shared memory', create: reused(true) },
];

const HEAP_BYTES = 2 ** 23;

function reused(shared: boolean): Backend['create'] {
  let kernels: Kernels | undefined;
  return (bytes) => {
    if (bytes > HEAP_BYTES) return wasmKernels(allocateMemory(bytes, shared));
    kernels ??= wasmKernels(allocateMemory(HEAP_BYTES, shared));
    kernels.heap.floats.fill(0, new Arena().bytes >> 2, bytes >> 2);
    return kernels;
  };
}

export const backends: readonly Backend[] = [reference, ...wasmBackends];

type Numbers = Float32Array | Int32Array;

/** Arrays laid out in a heap that several backends then work on. */
export class Scene {
  readonly random: Random;
  private readonly arena = new Arena();
  private readonly arrays: { pointer: Pointer; values: Numbers }[] = [];

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  add<Values extends Numbers>(values: Values): Pointer {
    const pointer = this.arena.allocate(values.length);
    this.arrays.push({ pointer, values });
    return pointer;
  }

  normals(count: number): Pointer {
    return this.add(Float32Array.from({ length: count }, () => this.random.normal()));
  }

  zeros(count: number): Pointer {
    return this.add(new Float32Array(count));
  }

  zerosInt(count: number): Pointer {
    return this.add(new Int32Array(count));
  }

  /** Fills a backend's heap, runs `work` and returns all arrays as they are then. */
  run(backend: Backend, work: (kernels: Kernels) => unknown): { arrays: Numbers[]; returned: unknown } {
    const kernels = backend.create(this.arena.bytes + 64);
    for (const { pointer, values } of this.arrays) viewOf(kernels, pointer, values).set(values);
    const returned = work(kernels);
    return { arrays: this.arrays.map(({ pointer, values }) => viewOf(kernels, pointer, values).slice()), returned };
  }

  /** Like `run`, of the one array at a pointer. */
  read(backend: Backend, pointer: Pointer, work: (kernels: Kernels) => unknown): number[] {
    const place = this.arrays.findIndex((array) => array.pointer === pointer);
    return Array.from(this.run(backend, work).arrays[place]);
  }
}

function viewOf({ heap }: Kernels, pointer: Pointer, values: Numbers): Numbers {
  const all = values instanceof Float32Array ? heap.floats : heap.ints;
  return all.subarray(pointer >> 2, (pointer >> 2) + values.length);
}

/** The greatest |a − b| / (1 + |b|); infinite where one is not a number. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const apart = Math.abs(a[i] - b[i]) / (1 + Math.abs(b[i]));
    most = Math.max(most, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
  }
  return most;
}

/** How far a backend's arrays and result are from the reference's, over all memory of a scene. */
export function apart(scene: Scene, backend: Backend, work: (kernels: Kernels) => unknown): number {
  const expected = scene.run(reference, work);
  const found = scene.run(backend, work);
  const returned =
    expected.returned === undefined ? 0 : distance([Number(found.returned)], [Number(expected.returned)]);
  return expected.arrays.reduce((most, array, i) => Math.max(most, distance(found.arrays[i], array)), returned);
}

/** Central differences of a function of many numbers. */
export function differences(f: (at: Float64Array) => number, at: ArrayLike<number>, step = 1e-3): Float64Array {
  const place = Float64Array.from(at);
  return place.map((value, i) => {
    const sides = [value + step, value - step].map((moved) => {
      place[i] = moved;
      return f(place);
    });
    place[i] = value;
    return (sides[0] - sides[1]) / (2 * step);
  });
}
