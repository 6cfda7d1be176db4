import { kernel } from './frame-kernel.js';
import { multiply, type Stage } from './sparse-network.js';

/** Stages over a memory of floats. */
export interface StageRunner {
  readonly floats: Float32Array;
  /** Runs a stage, by its place among them, whose x begins at one float and whose y at another. */
  readonly run: (stage: number, start: number, to: number) => void;
}

/** In WebAssembly with SIMD where there is that, else in JavaScript: the same bits. */
export function stageRunner(stages: readonly Stage[], floats: number): StageRunner {
  try {
    return wasmRunner(stages, floats);
  } catch {
    return plainRunner(stages, floats);
  }
}

export function plainRunner(stages: readonly Stage[], size: number): StageRunner {
  const floats = new Float32Array(size);
  return { floats, run: (stage, start, to) => multiply(stages[stage], floats, start, floats, to) };
}

/** As the kernel takes them: groups and the addresses of bias, ends, places and weights. */
type Tables = readonly [groups: number, bias: number, ends: number, from: number, weights: number];

type Kernel = (...tablesAndPlaces: [...Tables, x: number, y: number, fold: number]) => void;

/** @throws Error where there is no WebAssembly with SIMD */
export function wasmRunner(stages: readonly Stage[], size: number): StageRunner {
  let bytes = aligned(size * 4);
  const tables = stages.map(({ bias, ends, from, weights }): Tables => {
    const at = [bias, ends, from, weights].map(({ byteLength }) => {
      bytes += aligned(byteLength);
      return bytes - aligned(byteLength);
    });
    return [ends.length, ...at] as unknown as Tables;
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const run = new WebAssembly.Instance(compiled(), { env: { memory } }).exports.multiply as Kernel;
  for (const [i, { bias, ends, from, weights }] of stages.entries()) {
    const [groups, biasAt, endsAt, fromAt, weightsAt] = tables[i];
    new Float64Array(memory.buffer, biasAt, groups * 4).set(bias);
    new Int32Array(memory.buffer, endsAt, groups).set(ends.map((end) => end * 4));
    new Int32Array(memory.buffer, fromAt, from.length).set(from.map((place) => place * 4));
    new Float32Array(memory.buffer, weightsAt, weights.length).set(weights);
  }
  return {
    floats: new Float32Array(memory.buffer, 0, size),
    run(stage, start, to) {
      const [groups, bias, ends, from, weights] = tables[stage];
      run(groups, bias, ends, from, weights, start * 4, to * 4, stages[stage].fold);
    },
  };
}

const PAGE = 65536;
let module: WebAssembly.Module | undefined;

function compiled(): WebAssembly.Module {
  module ??= new WebAssembly.Module(Uint8Array.from(atob(kernel), (character) => character.charCodeAt(0)));
  return module;
}

/** Up to whole vectors. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
