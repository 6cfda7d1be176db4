import * as v from 'valibot';
import { Random } from '../core/random.js';
import { type KernelMode, peakOf } from '../kernels/wasm/wasm.js';
import { rowsOf, type Shape } from '../model/layer.js';
import { networkSchema } from '../model/network-schema.js';
import { pruningSchema } from '../train/recipe/recipe.js';
import type { Phase } from '../train/step/board.js';
import { createEngine, type StartWorkers, type StepEngine, type StepJob } from '../train/step/engine.js';
import { JointStep } from '../train/step/joint-step.js';
import { histogramOf } from '../train/step/latent-terms.js';
import type { StepPlan } from '../train/step/plan.js';
import { doublesAt } from '../train/step/settings.js';

/** The shape that training steps are compared on: 144,448 weights, see `referenceLayers`. */
export const REFERENCE = { nodes: 30, channels: 12, heads: 16, filters: 32, dense: 128, classes: 8, batch: 200 };
export const REFERENCE_RATES: readonly number[] = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];

/** A network that steps are measured of: layers as recipes have them, what one sequence gives them, and the classes. */
export interface MeasuredNetwork {
  readonly layers: readonly object[];
  readonly input: Shape;
  readonly classes: number;
}

export interface StepBenchOptions {
  readonly rates?: readonly number[];
  readonly batch?: number;
  readonly nodes?: number;
  /** Units of the hidden dense layer: changes the number of weights. */
  readonly dense?: number;
  /** Another network than the reference's. */
  readonly network?: MeasuredNetwork;
  readonly threads?: number;
  readonly mode?: KernelMode;
  readonly divergence?: boolean;
  /** σ: crisp by default, as late in a training. */
  readonly crispness?: number;
  readonly steps?: number;
  /** Steps before those that are timed. */
  readonly warmUp?: number;
  readonly startWorkers?: StartWorkers;
}

export interface StepBenchResult {
  /** Median over the timed steps. */
  readonly msPerStep: number;
  /** The same of each phase, and of what the main thread does between them. */
  readonly phases: Record<Phase | 'between', number>;
  /** Multiplications and additions of the stored weights' products, forward and backward, a second. */
  readonly gflops: number;
  /** The same on registers alone, one thread. */
  readonly peakGflops: number;
  readonly threads: number;
  readonly mode: KernelMode;
  readonly divergence: boolean;
  readonly crispness: number;
  readonly rates: readonly number[];
  readonly weights: number;
  readonly batch: number;
  /** Bytes of the training's heap. */
  readonly bytes: number;
}

/** Times joint training steps of the reference network, or another, on random data: everything but filling the batch. */
export function benchStep(options: StepBenchOptions = {}): StepBenchResult {
  const { rates = REFERENCE_RATES, mode = 'deterministic', divergence = true } = options;
  const { crispness = 1000, steps = 20, warmUp = WARM_UP, startWorkers } = options;
  const pruning = v.parse(pruningSchema, {
    rates: { draw: 'fixed', rates },
    divergence: { weight: divergence ? 100 : 0 },
  });
  const job = createJob(options, histogramOf(pruning), mode);
  const engine = createEngine(job, { startWorkers });
  const { plan, kernels } = engine;
  const clock = new PhaseClock();
  const timed: StepEngine = { ...engine, run: (phase) => clock.time(phase, () => engine.run(phase)) };
  const joint = new JointStep(timed, pruning);
  joint.initialise(new Random(1));
  fillBatch(plan, kernels.heap.floats);
  const batch = new Int32Array(plan.sizes.batch);
  const pace = { learningRate: 1e-5, biasLearningRate: 1e-5, weightDecay: 0, averageDecay: 0.98 };
  const input = { rates, batch, seed: 1, crispness, ...pace };
  for (let i = 0; i < warmUp; i++) joint.run(input);
  const { step: msPerStep, ...phases } = clock.medians(() => joint.run(input), steps);
  const gflops = (flopsOf(plan, kernels.heap) / msPerStep) * 1e-6;
  engine.close();
  const { weightCount: weights } = plan.network;
  const size = { weights, batch: plan.sizes.batch, bytes: plan.bytes };
  return {
    msPerStep,
    phases,
    gflops,
    peakGflops: measurePeak(mode),
    threads: engine.workers + 1,
    mode,
    divergence,
    crispness,
    rates,
    ...size,
  };
}

/** GFLOP/s of multiply-adds on registers, the best of some tries on one thread. */
export function measurePeak(mode: KernelMode): number {
  const peak = peakOf(mode);
  const rounds = 2_000_000;
  const times = Array.from({ length: 8 }, () => timeOf(() => peak(rounds)));
  return (rounds * 96 * 1e-6) / Math.min(...times);
}

function createJob(options: StepBenchOptions, histogram: StepJob['histogram'], mode: KernelMode): StepJob {
  const { rates = REFERENCE_RATES, batch = REFERENCE.batch, threads = 1 } = options;
  const { layers, input, classes } = options.network ?? referenceNetwork(options);
  const sizes = { rates: rates.length, batch, threads, bins: 100 };
  return { layers: v.parse(networkSchema, layers), input, classes, sizes, histogram, mode, samples: undefined };
}

function referenceNetwork({ nodes = REFERENCE.nodes, dense = REFERENCE.dense }: StepBenchOptions): MeasuredNetwork {
  const { heads, filters, channels, classes } = REFERENCE;
  const layers = [
    { kind: 'graph-convolution', heads, filters, combine: 'sum' },
    { kind: 'dense', units: dense },
  ];
  return { layers, input: { nodes, channels }, classes };
}

/** Normal features and one-hot targets. */
function fillBatch({ shards, network, columns }: StepPlan, floats: Float32Array): void {
  const random = new Random(2);
  for (const { features, targets, sequences } of shards) {
    for (let j = 0; j < sequences; j++) {
      for (let row = 0; row < rowsOf(network.input); row++) {
        floats[(features >> 2) + row * columns + j] = random.normal();
      }
      floats[(targets >> 2) + random.integer(network.classes) * columns + j] = 1;
    }
  }
}

/** Each stored weight: one product forward, one for its own gradient, one for that of its input where it is wanted. */
function flopsOf({ slots, sizes }: StepPlan, heap: { buffer: ArrayBufferLike; ints: Int32Array }): number {
  let macs = 0;
  for (const slot of slots) {
    const sparse = doublesAt({ ...heap, floats: new Float32Array(0) }, slot.settings, 5)[4] === 1;
    for (const { matrix } of slot.weights) {
      const { rows, columns, reuse, transposed } = matrix.spec;
      const entries = sparse ? heap.ints[(matrix.storage.rowStart >> 2) + rows] : rows * columns;
      macs += entries * reuse * (transposed ? 3 : 2);
    }
  }
  return 2 * macs * sizes.batch;
}

/** Steps before the timed ones, unless they are given. */
const WARM_UP = 5;

/** Times steps and their phases. */
class PhaseClock {
  private last = { prepare: 0, pass: 0, update: 0 };

  time(phase: Phase, run: () => void): void {
    this.last[phase] = timeOf(run);
  }

  /** Medians over `count` runs of a step. */
  medians(step: () => void, count: number): StepBenchResult['phases'] & { readonly step: number } {
    const times = Array.from({ length: count }, () => {
      const total = timeOf(step);
      const { prepare, pass, update } = this.last;
      return { step: total, prepare, pass, update, between: total - prepare - pass - update };
    });
    const median = (key: keyof (typeof times)[0]) => times.map((time) => time[key]).sort((a, b) => a - b)[count >> 1];
    const [prepare, pass, update] = [median('prepare'), median('pass'), median('update')];
    return { step: median('step'), prepare, pass, update, between: median('between') };
  }
}

function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
