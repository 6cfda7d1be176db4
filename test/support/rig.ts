import { Random } from '../../src/core/random.js';
import { Arena } from '../../src/kernels/arena.js';
import type { Kernels } from '../../src/kernels/contract.js';
import {
  type Layer,
  type LayerActivations,
  type Pass,
  rowsOf,
  type TrainableParameters,
} from '../../src/model/layer.js';
import { partialSumEntries, TrainableMatrix, trainableStorage } from '../../src/model/trainable-matrix.js';
import type { WeightSpec } from '../../src/model/weight-matrix.js';
import type { Backend } from './backends.js';

/** Numbers that a stack of layers runs on; also what its gradients are made of. */
export interface Tensors {
  /** [rows][n] */
  readonly input: Float32Array;
  /** [layer][tensor] */
  readonly weights: Float32Array[][];
  /** [layer] */
  readonly biases: Float32Array[];
}

/** A stack of layers, each of which wants the gradient of its input, with random numbers to run on. */
export class Rig {
  readonly layers: readonly Layer[];
  readonly n: number;
  readonly dropoutSeed: number | undefined;
  readonly tensors: Tensors;
  /** The loss is ⟨output, outer⟩. */
  readonly outer: Float32Array;

  /** @param density share of non-zero weights; the first row of every tensor is empty below 1 */
  constructor(layers: readonly Layer[], n: number, seed: number, density: number, dropoutSeed?: number) {
    const random = new Random(seed);
    const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    this.layers = layers;
    this.dropoutSeed = dropoutSeed;
    this.n = n;
    this.tensors = {
      input: normals(rowsOf(layers[0].input) * n),
      weights: layers.map((layer) =>
        layer.weights.map(({ rows, columns, fanIn }) =>
          normals(rows * columns).map((weight, i) => {
            const kept = density === 1 || (i >= columns && random.uniform() < density);
            return kept ? weight / Math.sqrt(fanIn) : 0;
          }),
        ),
      ),
      biases: layers.map((layer) => normals(layer.biases[0].size)),
    };
    this.outer = normals(rowsOf(layers[layers.length - 1].output) * n);
  }

  /** All layers' outputs, and the gradients where they are wanted; those of weights only where a weight is stored. */
  run(backend: Backend, sparse: boolean, tensors = this.tensors): { outputs: Float32Array[]; gradients: Tensors } {
    const arena = new Arena();
    const n = this.n;
    const at = this.layers.map((layer) => placeLayer(arena, layer, n));
    const input = arena.allocate(tensors.input.length);
    const inputGradient = arena.allocate(tensors.input.length);
    const entries = partialSumEntries(this.layers.flatMap(({ weights }) => weights));
    const sums = { at: arena.allocate(4 * entries), entries };
    const kernels = backend.create(arena.bytes + 64);
    const { floats } = kernels.heap;
    floats.set(tensors.input, input >> 2);
    const pass: Pass = { kernels, n, used: n, shard: 1, sums, dropoutSeed: this.dropoutSeed };
    const given = [{ output: input, outputGradient: inputGradient }, ...at.map(({ activations }) => activations)];
    const places = at.map(({ activations }, i): LayerActivations => {
      const [before, source] = [given[i], given[this.layers[i].from ?? i]];
      return {
        ...activations,
        input: before.output,
        inputGradient: before.outputGradient,
        source: source.output,
        sourceGradient: source.outputGradient,
      };
    });
    for (const [i, layer] of this.layers.entries()) {
      const { parameters, matrices } = at[i];
      for (const [t, matrix] of matrices.entries()) store(kernels, matrix, tensors.weights[i][t], sparse);
      floats.set(tensors.biases[i], parameters.biases[0] >> 2);
      layer.forward(pass, parameters, places[i]);
    }
    floats.set(this.outer, places[places.length - 1].outputGradient >> 2);
    for (let i = this.layers.length - 1; i >= 0; i--) this.layers[i].backward(pass, at[i].parameters, places[i]);
    const read = (pointer: number, count: number) => floats.slice(pointer >> 2, (pointer >> 2) + count);
    return {
      outputs: this.layers.map((layer, i) => read(places[i].output, rowsOf(layer.output) * n)),
      gradients: {
        input: read(inputGradient, tensors.input.length),
        weights: at.map(({ matrices }) => matrices.map((matrix) => readGradient(kernels, matrix))),
        biases: at.map(({ parameters }, i) => read(parameters.biasGradients[0], tensors.biases[i].length)),
      },
    };
  }

  loss(outputs: readonly Float32Array[]): number {
    return outputs[outputs.length - 1].reduce((sum, value, i) => sum + value * this.outer[i], 0);
  }
}

function placeLayer(arena: Arena, layer: Layer, n: number) {
  const matrices = layer.weights.map((spec) => placeMatrix(arena, spec, n));
  const [bias, biasGradient] = [0, 0].map(() => arena.allocate(layer.biases[0].size));
  const parameters: TrainableParameters = { weights: matrices, biases: [bias], biasGradients: [biasGradient] };
  const [output, outputGradient] = [0, 0].map(() => arena.allocate(rowsOf(layer.output) * n));
  const [scratch, scratchGradient] = [0, 0].map(() => arena.allocate(layer.scratchRows * n));
  const normalises = layer.normalisedWeight !== undefined;
  const normalised = arena.allocate(normalises ? rowsOf(layer.output) * n : 0);
  const statistics = arena.allocate(normalises ? layer.output.channels + 1 : 0);
  const gradients = { outputGradient, scratchGradient };
  return { matrices, parameters, activations: { output, scratch, ...gradients, normalised, statistics } };
}

/** With the transpose of every matrix, since even the first layer is to give the gradient of its input. */
function placeMatrix(arena: Arena, spec: WeightSpec, n: number): TrainableMatrix {
  return new TrainableMatrix(spec, n, trainableStorage(arena, { ...spec, transposed: true }, 2));
}

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** Writes a matrix in either form; the sparse one's index and transpose are made by sorting a list of entries. */
function store({ heap }: Kernels, matrix: TrainableMatrix, weights: Float32Array, sparse: boolean): void {
  const { spec, storage } = matrix;
  matrix.sparse = sparse;
  if (!sparse) {
    heap.floats.set(weights, storage.values >> 2);
    return;
  }
  const { columns: width, groups } = spec;
  const entries: Entry[] = Array.from(weights, (weight, i) => ({
    row: Math.floor(i / width),
    column: i % width,
    weight,
  })).filter(({ weight }) => weight !== 0);
  const rows = spec.rows / groups;
  const before = (limit: (entry: Entry) => boolean) => entries.filter(limit).length;
  heap.ints.set(
    Array.from({ length: spec.rows + 1 }, (_, r) => before(({ row }) => row < r)),
    storage.rowStart >> 2,
  );
  heap.ints.set(
    entries.map(({ column }) => column),
    storage.columns >> 2,
  );
  heap.ints.set(
    entries.map(({ column }) => matrix.offsetOf(column)),
    storage.offsets >> 2,
  );
  heap.floats.set(
    entries.map(({ weight }) => weight),
    storage.values >> 2,
  );
  const groupOf = ({ row }: Entry) => Math.floor(row / rows);
  const turned = entries.toSorted((a, b) => groupOf(a) - groupOf(b) || a.column - b.column || a.row - b.row);
  const starts = Array.from({ length: groups * (width + 1) }, (_, i) => {
    const [group, column] = [Math.floor(i / (width + 1)), i % (width + 1)];
    return before((entry) => groupOf(entry) < group || (groupOf(entry) === group && entry.column < column));
  });
  heap.ints.set(starts, storage.transposedStart >> 2);
  heap.ints.set(
    turned.map(({ row }) => (row % rows) * matrix.yRow),
    storage.transposedOffsets >> 2,
  );
  heap.floats.set(
    turned.map(({ weight }) => weight),
    storage.transposedValues >> 2,
  );
}

/** Shard 1's gradient as a dense matrix. */
function readGradient(kernels: Kernels, matrix: TrainableMatrix): Float32Array {
  const { floats, ints } = kernels.heap;
  const { rows, columns: width } = matrix.spec;
  const from = matrix.gradient(1) >> 2;
  if (!matrix.sparse) return floats.slice(from, from + rows * width);
  const gradient = new Float32Array(rows * width);
  const start = matrix.storage.rowStart >> 2;
  for (let row = 0; row < rows; row++) {
    for (let entry = ints[start + row]; entry < ints[start + row + 1]; entry++) {
      gradient[row * width + ints[(matrix.storage.columns >> 2) + entry]] = floats[from + entry];
    }
  }
  return gradient;
}
