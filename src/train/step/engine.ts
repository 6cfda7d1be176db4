import { InputError } from '../../core/errors.js';
import type { Heap, Kernels } from '../../kernels/contract.js';
import { allocateMemory, type KernelMemory } from '../../kernels/wasm/memory.js';
import { type KernelMode, wasmKernels } from '../../kernels/wasm/wasm.js';
import type { Shape } from '../../model/layer.js';
import { Network } from '../../model/network.js';
import type { LayerOptions } from '../../model/network-schema.js';
import type { HistogramShape } from '../../pruning/prior/divergence.js';
import { type OpenClips, openMemoryClips } from '../samples/clip-store.js';
import { shardFiller } from '../samples/fill-shard.js';
import { SampleSource, type TrainingSamples } from '../samples/sample-source.js';
import { type Phase, TaskBoard } from './board.js';
import { StepPlan, type StepSizes } from './plan.js';
import { type FillShard, StepTasks } from './tasks.js';

/** All that a thread needs to take part in a training; plain data, so that it can be sent. */
export interface StepJob {
  readonly layers: readonly LayerOptions[];
  readonly input: Shape;
  readonly classes: number;
  /** Whether convolutions normalise their products. */
  readonly normalises?: boolean | undefined;
  readonly sizes: StepSizes;
  /** Undefined trains without the divergence term. */
  readonly histogram: HistogramShape | undefined;
  readonly mode: KernelMode;
  /** What worker threads fill batches with; undefined leaves the batches as they are in the heap. */
  readonly samples: TrainingSamples | undefined;
}

/** Starts worker threads 1 … count, each of which calls `serveJob`; returns how to end them. */
export type StartWorkers = (job: StepJob, memory: KernelMemory, count: number) => () => void;

/** How a thread fills the shards of a plan in its heap. */
export type CreateFill = (plan: StepPlan, heap: Heap) => FillShard;

export interface EngineOptions {
  /** Without it the job's other threads are left out. */
  readonly startWorkers?: StartWorkers | undefined;
  /** By default batches stay as they are in the heap. */
  readonly createFill?: CreateFill;
  /** Kernels over `bytes` of a heap of their own, for one thread; by default those of WebAssembly. */
  readonly createKernels?: (bytes: number) => Kernels;
}

/** What runs the phases of a joint step, on one thread or on several. */
export interface StepEngine {
  readonly plan: StepPlan;
  readonly kernels: Kernels;
  readonly tasks: StepTasks;
  /** Worker threads beside this one. */
  readonly workers: number;
  /** Runs one phase of a step on all threads. @throws Error when a worker failed or died */
  run(phase: Phase): void;
  /** Ends the worker threads. */
  close(): void;
}

/**
 * Lays out a job's heap and starts its threads.
 * @throws InputError on a step beyond 2 GiB
 * @throws RangeError where the machine cannot give the memory
 */
export function createEngine(job: StepJob, options: EngineOptions = {}): StepEngine {
  const { startWorkers, createFill, createKernels } = options;
  const plan = planJob(job);
  checkHeap(plan);
  const workers = startWorkers === undefined ? 0 : job.sizes.threads - 1;
  const create = createKernels ?? ((bytes) => wasmKernels(allocateMemory(bytes, false), job.mode));
  if (startWorkers === undefined || workers === 0) return engineOn(job, plan, create(plan.bytes), createFill);
  const memory = allocateMemory(plan.bytes, true);
  const engine = engineOn(job, plan, wasmKernels(memory, job.mode), createFill, workers);
  const stop = startWorkers(job, memory, workers);
  const close = () => {
    engine.close();
    stop();
  };
  return { ...engine, close };
}

/** What a worker thread runs until the training ends. */
export function serveJob(
  job: StepJob,
  memory: KernelMemory,
  thread: number,
  openClips: OpenClips = openMemoryClips,
): void {
  const plan = planJob(job);
  const board = new TaskBoard(memory, plan.board);
  try {
    const createFill = job.samples && shardFiller(new SampleSource(job.samples, openClips));
    board.serve(engineOn(job, plan, wasmKernels(memory, job.mode), createFill).tasks, thread);
  } catch (error) {
    board.fail(thread, error);
  }
}

/** Lays out the memory of a job; the same in every thread. */
function planJob({ layers, input, classes, normalises, sizes }: StepJob): StepPlan {
  return new StepPlan(new Network(layers, input, classes, { members: 'apart', normalises }), sizes);
}

function engineOn(
  { histogram }: StepJob,
  plan: StepPlan,
  kernels: Kernels,
  createFill: CreateFill = () => () => {},
  workers = 0,
): StepEngine {
  const tasks = new StepTasks(plan, kernels, histogram, createFill(plan, kernels.heap));
  const board = new TaskBoard(kernels.heap, plan.board);
  return { plan, kernels, tasks, workers, run: (phase) => board.run(tasks, phase, workers), close: () => board.stop() };
}

/** The kernels' addresses are signed 32-bit numbers. */
const MOST_HEAP_BYTES = 2 ** 31;

function checkHeap({ bytes, sizes }: StepPlan): void {
  if (bytes < MOST_HEAP_BYTES) return;
  throw new InputError({
    source: 'training',
    place: 'memory',
    expected: 'a step of less than 2 GiB',
    found: `${(bytes / 2 ** 30).toFixed(2)} GiB (batch ${sizes.batch}, ${sizes.rates} rates)`,
    mend: 'Lower training.batch, the number of pruning.rates, or the size of the network.',
  });
}
