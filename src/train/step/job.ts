import type { Kernels } from '../../kernels/contract.js';
import { type KernelMode, wasmKernels } from '../../kernels/wasm/wasm.js';
import type { Shape } from '../../model/layer.js';
import { type LayerOptions, Network } from '../../model/network.js';
import type { HistogramShape } from '../../pruning/prior/divergence.js';
import { type OpenClips, openMemoryClips } from '../samples/clip-store.js';
import { shardFiller, type TrainingSamples } from '../samples/fill-shard.js';
import { TaskBoard } from './board.js';
import { StepPlan, type StepSizes } from './plan.js';
import { StepTasks } from './tasks.js';

/** All that a thread needs to take part in a training; plain data, so that it can be sent. */
export interface StepJob {
  readonly layers: readonly LayerOptions[];
  readonly input: Shape;
  readonly classes: number;
  readonly sizes: StepSizes;
  /** Undefined trains without the divergence term. */
  readonly histogram: HistogramShape | undefined;
  readonly mode: KernelMode;
  /** What fills the batches; undefined leaves them as they stand in the heap. */
  readonly samples: TrainingSamples | undefined;
}

/** A thread's end of the joint step. */
export interface StepEngine {
  readonly kernels: Kernels;
  readonly tasks: StepTasks;
  readonly board: TaskBoard;
}

/** Lays out the memory of a job; the same in every thread. */
export function planJob({ layers, input, classes, sizes }: StepJob): StepPlan {
  return new StepPlan(new Network(layers, input, classes, 'apart'), sizes);
}

export function createEngine(
  job: StepJob,
  plan: StepPlan,
  memory: WebAssembly.Memory,
  openClips: OpenClips = openMemoryClips,
): StepEngine {
  const kernels = wasmKernels(memory, job.mode);
  const fill = job.samples === undefined ? () => {} : shardFiller(job.samples, openClips, plan, kernels.heap);
  const tasks = new StepTasks(plan, kernels, job.histogram, fill);
  return { kernels, tasks, board: new TaskBoard(kernels.heap, plan.board) };
}

/** Starts worker threads 1 … count, each of which calls `serveJob`; returns how to end them. */
export type StartWorkers = (job: StepJob, memory: WebAssembly.Memory, count: number) => () => void;

/** What a worker thread runs until the training ends. */
export function serveJob(job: StepJob, memory: WebAssembly.Memory, thread: number, openClips?: OpenClips): void {
  const plan = planJob(job);
  const board = new TaskBoard(memory, plan.board);
  try {
    board.serve(createEngine(job, plan, memory, openClips).tasks, thread);
  } catch (error) {
    board.fail(thread, error);
  }
}
