import { countNonzeros } from '../core/math.js';
import { Arena } from '../kernels/arena.js';
import { type ForwardKernels, type Pointer, TILE_ROOM } from '../kernels/contract.js';
import { forwardKernels } from '../kernels/wasm/forward.js';
import { rowsOf } from './layer.js';
import type { Model, RateParameters } from './model.js';
import { Network, type NetworkActivations, type NetworkParameters } from './network.js';
import { SPARSE_BELOW, WeightMatrix, type WeightSpec } from './weight-matrix.js';

/** Runs a model at a rate. @param columns sequences a call at most */
export function inferenceOf(model: Model, rate: number, columns: number): Inference {
  const { input, classes } = model.network;
  return new Inference(new Network(model.description.layers, input, classes), model.atRate(rate), columns);
}

/** Runs a network forward with fixed parameters, `columns` sequences at a time. */
export class Inference {
  readonly network: Network;
  readonly columns: number;
  private readonly kernels: ForwardKernels;
  private readonly parameters: NetworkParameters;
  private readonly activations: NetworkActivations;
  /** A sequence a column, as the network reads them. */
  private readonly input: Pointer;
  /** A sequence a row, up to whole vectors of values. */
  private readonly rows: Pointer;
  private readonly rowBytes: number;
  private readonly room: Pointer;

  /** @param columns sequences a call at most, rounded up to a multiple of 4 */
  constructor(network: Network, parameters: RateParameters, columns: number) {
    const arena = new Arena();
    this.network = network;
    this.columns = Math.ceil(columns / 4) * 4;
    const values = Math.ceil(rowsOf(network.input) / 4) * 4;
    this.input = arena.allocate(values * this.columns);
    this.rows = arena.allocate(values * this.columns);
    this.rowBytes = values * 4;
    const weights = network.weights.map((spec, i) => planWeight(arena, spec, this.columns, parameters.weights[i]));
    const biases = network.biases.map(({ size }) => arena.allocate(size));
    this.room = arena.allocate(TILE_ROOM);
    this.activations = network.allocateActivations(arena, this.input, this.columns, false);
    this.parameters = { weights, biases };
    this.kernels = forwardKernels(arena.bytes);
    for (const [i, matrix] of weights.entries()) storeWeight(this.kernels, matrix, parameters.weights[i]);
    for (const [i, pointer] of biases.entries()) this.kernels.heap.floats.set(parameters.biases[i], pointer >> 2);
  }

  /**
   * Logits of sequences, [sequence][class]; of members apart, [sequence][member · class].
   * @param features standardised features of each, [nodes][channels]; at most `columns` of them
   */
  run(features: readonly Float32Array[]): Float32Array[] {
    const { floats } = this.kernels.heap;
    const { columns: n, rows, rowBytes } = this;
    for (const [i, values] of features.entries()) floats.set(values, (rows + i * rowBytes) >> 2);
    this.kernels.turnRows(rowsOf(this.network.input), n, rows, rowBytes, this.input);
    const logits = this.forward(features.length);
    const { answers, classes } = this.network;
    return features.map((_, column) =>
      Float32Array.from({ length: answers * classes }, (_, row) => floats[logits + row * n + column]),
    );
  }

  /** Of each layer that normalises, in the last run: float32 [channels] means and the inverse deviation. */
  statistics(): Float32Array[] {
    const { layers } = this.network;
    return this.activations.flatMap(({ statistics }, i) => {
      if (statistics === 0) return [];
      const start = statistics >> 2;
      return [this.kernels.heap.floats.slice(start, start + layers[i].output.channels + 1)];
    });
  }

  /** Logits of sequences as columns, [answers · classes][columns], of features so; valid until the next run. */
  runColumns(features: Float32Array): Float32Array {
    const { floats } = this.kernels.heap;
    floats.set(features, this.input >> 2);
    const logits = this.forward();
    const { answers, classes } = this.network;
    return floats.subarray(logits, logits + answers * classes * this.columns);
  }

  /** Where the logits of the input are among the heap's floats. */
  private forward(used = this.columns): number {
    const { kernels, columns, room } = this;
    const sums = { at: room, entries: 0 };
    const pass = { kernels, n: columns, used, sums, dropoutSeed: undefined };
    return this.network.forward(pass, this.parameters, this.activations) >> 2;
  }
}

function planWeight(arena: Arena, spec: WeightSpec, n: number, weights: Float32Array): WeightMatrix {
  const entries = countNonzeros([weights]);
  const sparse = entries < SPARSE_BELOW * weights.length;
  const matrix = new WeightMatrix(spec, n, {
    values: arena.allocate(sparse ? entries : weights.length),
    rowStart: arena.allocate(spec.rows + 1),
    offsets: arena.allocate(sparse ? entries : 0),
  });
  matrix.sparse = sparse;
  return matrix;
}

function storeWeight({ heap }: ForwardKernels, matrix: WeightMatrix, weights: Float32Array): void {
  const { sparse, spec, storage } = matrix;
  if (!sparse) {
    heap.floats.set(weights, storage.values >> 2);
    return;
  }
  let entry = 0;
  for (let row = 0; row < spec.rows; row++) {
    for (let column = 0; column < spec.columns; column++) {
      const weight = weights[row * spec.columns + column];
      if (weight === 0) continue;
      heap.floats[(storage.values >> 2) + entry] = weight;
      heap.ints[(storage.offsets >> 2) + entry] = matrix.offsetOf(column);
      entry++;
    }
    heap.ints[(storage.rowStart >> 2) + row + 1] = entry;
  }
}
