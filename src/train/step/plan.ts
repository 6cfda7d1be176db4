import { Arena } from '../../kernels/arena.js';
import type { Pointer } from '../../kernels/contract.js';
import { rowsOf } from '../../model/layer.js';
import type { Network, NetworkActivations } from '../../model/network.js';
import type { Named } from '../../model/network-outline.js';
import { partialSumEntries, TrainableMatrix, trainableStorage } from '../../model/trainable-matrix.js';
import type { PartialSums, WeightSpec } from '../../model/weight-matrix.js';
import { MAGNITUDE_BINS } from '../../pruning/prior/empirical-quantile.js';
import { BOARD_PLACES } from './board.js';

/** Sizes of one joint training step. */
export interface StepSizes {
  /** Rates trained at once. */
  readonly rates: number;
  /** Sequences a step. */
  readonly batch: number;
  readonly threads: number;
  /** Bins of the divergence's histogram. */
  readonly bins: number;
  /** What second numbers each weight has, if it has some. */
  readonly partners?: PartnerKind | undefined;
}

/** A second number of each weight: the log α of its hard-concrete gate, the other end of a line of weights, or the probability of its mask. */
export type PartnerKind = 'gates' | 'line' | 'probabilities';

/** Bins of |ŵ| that a rate counts for itself, since it mixes weights of its own. */
const SLOT_MAGNITUDES: Record<PartnerKind, number> = { gates: 0, line: MAGNITUDE_BINS, probabilities: 0 };

/** One latent weight tensor and the state of its optimiser; each [rows × columns] float32. */
export interface LatentTensor extends LatentNumbers {
  readonly spec: Named<WeightSpec>;
  readonly count: number;
  readonly partner: LatentNumbers | undefined;
}

/** One trained number a weight, and what its optimiser keeps. */
export interface LatentNumbers {
  readonly latents: Pointer;
  readonly gradient: Pointer;
  readonly first: Pointer;
  readonly second: Pointer;
  readonly average: Pointer;
}

/** The network at one of the step's rates. */
export interface RateSlot {
  readonly weights: readonly SlotWeight[];
  readonly biases: readonly Pointer[];
  /** [shard][bias] */
  readonly biasGradients: readonly (readonly Pointer[])[];
  /** Float64: RATE_SETTINGS, then one scale a weight tensor. */
  readonly settings: Pointer;
  /** Float64: summed loss a shard. */
  readonly losses: Pointer;
  /** Float32 [MAGNITUDE_BINS] of the weights between two ends, where there are some. */
  readonly magnitudes: Pointer;
}

/** One weight tensor at one rate, with what masking needs beside the matrix. */
export interface SlotWeight {
  readonly matrix: TrainableMatrix;
  /** dW/dŵ in the order of the matrix's values. */
  readonly slopes: Pointer;
  /** The same of the partners, where there are some. */
  readonly partnerSlopes: Pointer;
}

/** A fixed part of the batch. */
export interface Shard {
  /** Sequences in it; the columns after them stay zero. */
  readonly sequences: number;
  /** Position of its first sequence in the batch. */
  readonly offset: number;
  /** [input rows][columns] */
  readonly features: Pointer;
  /** Target distributions, [classes][columns]. */
  readonly targets: Pointer;
}

/** A fixed part of a latent tensor that is updated as one task. */
export interface Chunk {
  readonly tensor: number;
  readonly firstRow: number;
  readonly rows: number;
  /** Float32 [bins]: the part's soft histogram. */
  readonly histogram: Pointer;
  /** Float32 [MAGNITUDE_BINS] */
  readonly magnitudes: Pointer;
  /** Float64 [rates]: ⟨dL/dW, W⟩ of the part. */
  readonly gainGradients: Pointer;
}

/** Batches are split so that a shard's activations stay in the cache, and into at least MIN_SHARDS for the threads. */
const MOST_SHARD_COLUMNS = 64;
const MIN_SHARDS = 4;
/** Where a thread's activations would take more bytes than this, shards have fewer columns: of large networks over time. */
const MOST_ACTIVATION_BYTES = 2 ** 28;
const LEAST_SHARD_COLUMNS = 16;
const CHUNKS = 16;

/** Where everything of a joint training step is in the heap; the same in every thread. */
export class StepPlan {
  readonly network: Network;
  readonly sizes: StepSizes;
  /** Columns of a shard's activations: its sequences, padded to a multiple of 4. */
  readonly columns: number;
  readonly shards: readonly Shard[];
  readonly tensors: readonly LatentTensor[];
  readonly slots: readonly RateSlot[];
  readonly chunks: readonly Chunk[];
  /** [thread]; the input of the first layer is set for each shard. */
  readonly activations: readonly NetworkActivations[];
  /** [thread] */
  readonly sums: readonly PartialSums[];
  /** Int32: sample index of each sequence of the batch. */
  readonly samples: Pointer;
  /** Float32 [bins − 1]: the divergence's slopes, already times λ. */
  readonly divergenceSlopes: Pointer;
  /** Float64 [tensors]: slope of the penalty on each weight of a tensor; 0 without one. */
  readonly penalties: Pointer;
  /** Float64, see StepSettings. */
  readonly settings: Pointer;
  /** Int32: the task board of the threads. */
  readonly board: Pointer;
  readonly bytes: number;

  constructor(network: Network, sizes: StepSizes) {
    const arena = new Arena();
    this.network = network;
    this.sizes = sizes;
    const shardCount = Math.min(Math.max(MIN_SHARDS, Math.ceil(sizes.batch / shardColumns(network))), sizes.batch);
    this.columns = Math.ceil(Math.ceil(sizes.batch / shardCount) / 4) * 4;
    this.board = arena.allocate(BOARD_PLACES);
    this.settings = arena.allocate(2 * STEP_SETTINGS.length);
    this.samples = arena.allocate(sizes.batch);
    this.divergenceSlopes = arena.allocate(sizes.bins);
    this.penalties = arena.allocate(2 * network.weights.length);
    this.shards = planShards(arena, network, sizes.batch, shardCount, this.columns);
    this.tensors = network.weights.map((spec) => planTensor(arena, spec, sizes));
    this.slots = Array.from({ length: sizes.rates }, () => planSlot(arena, network, this.columns, shardCount, sizes));
    this.chunks = planChunks(arena, network, sizes);
    const input = this.shards[0].features;
    this.activations = Array.from({ length: sizes.threads }, () =>
      network.allocateActivations(arena, input, this.columns, true),
    );
    this.sums = Array.from({ length: sizes.threads }, () => {
      const entries = partialSumEntries(network.weights);
      return { at: arena.allocate(4 * entries), entries };
    });
    this.bytes = arena.bytes;
  }
}

/** The step's numbers, in their order in `settings`. */
export const STEP_SETTINGS = [
  'seed',
  'learningRate',
  'beta1',
  'beta2',
  'epsilon',
  'weightDecay',
  'averageDecay',
  'lossScale',
] as const;

/** One rate's numbers; `sparse`, `hard` and `shrink` are 0 or 1, `share` is the place between the ends of a line. */
export const RATE_SETTINGS = ['rate', 'threshold', 'limit', 'crispness', 'sparse', 'hard', 'shrink', 'share'] as const;

/** The most columns that a shard of a network should have. */
function shardColumns(network: Network): number {
  const least = new Arena();
  network.allocateActivations(least, 0, LEAST_SHARD_COLUMNS, true);
  const fitting = LEAST_SHARD_COLUMNS * Math.floor(MOST_ACTIVATION_BYTES / least.bytes);
  return Math.min(MOST_SHARD_COLUMNS, Math.max(LEAST_SHARD_COLUMNS, fitting));
}

function planShards(arena: Arena, network: Network, batch: number, count: number, columns: number): Shard[] {
  return Array.from({ length: count }, (_, i) => {
    const offset = Math.floor((batch * i) / count);
    const sequences = Math.floor((batch * (i + 1)) / count) - offset;
    const features = arena.allocate(rowsOf(network.input) * columns);
    return { sequences, offset, features, targets: arena.allocate(network.classes * columns) };
  });
}

function planTensor(arena: Arena, spec: Named<WeightSpec>, { partners }: StepSizes): LatentTensor {
  const count = spec.rows * spec.columns;
  const room = () => arena.allocate(count);
  const numbers = () => ({ latents: room(), gradient: room(), first: room(), second: room(), average: room() });
  return { spec, count, ...numbers(), partner: partners === undefined ? undefined : numbers() };
}

function planSlot(arena: Arena, network: Network, columns: number, shards: number, { partners }: StepSizes): RateSlot {
  return {
    weights: network.weights.map((spec) => planSlotWeight(arena, spec, columns, shards, partners !== undefined)),
    biases: network.biases.map(({ size }) => arena.allocate(size)),
    biasGradients: Array.from({ length: shards }, () => network.biases.map(({ size }) => arena.allocate(size))),
    settings: arena.allocate(2 * (RATE_SETTINGS.length + network.weights.length)),
    losses: arena.allocate(2 * shards),
    magnitudes: arena.allocate(partners === undefined ? 0 : SLOT_MAGNITUDES[partners]),
  };
}

function planSlotWeight(
  arena: Arena,
  spec: WeightSpec,
  columns: number,
  shards: number,
  partners: boolean,
): SlotWeight {
  const matrix = new TrainableMatrix(spec, columns, trainableStorage(arena, spec, shards));
  const places = spec.rows * spec.columns;
  const partnerSlopes = arena.allocate(partners ? places : 0);
  return { matrix, slopes: arena.allocate(places), partnerSlopes };
}

/** Chunks of about a CHUNKS-th of all weights; rows in multiples of 4, so that a chunk starts at a vector. */
function planChunks(arena: Arena, network: Network, sizes: StepSizes): Chunk[] {
  const wanted = Math.ceil(network.weightCount / CHUNKS);
  return network.weights.flatMap(({ rows, columns }, tensor) => {
    const step = Math.max(4, Math.ceil(wanted / columns / 4) * 4);
    return Array.from({ length: Math.ceil(rows / step) }, (_, i) => ({
      tensor,
      firstRow: i * step,
      rows: Math.min(step, rows - i * step),
      histogram: arena.allocate(sizes.bins),
      magnitudes: arena.allocate(MAGNITUDE_BINS),
      gainGradients: arena.allocate(2 * sizes.rates),
    }));
  });
}
