import type { JointStep } from './step/joint-step.js';
import type { LatentNumbers, StepPlan } from './step/plan.js';

/** All that a training needs to go on as if it had not stopped. */
export interface TrainingState {
  /** Epochs done. */
  readonly epoch: number;
  /** Optimiser steps done, those of an epoch that is under way included. */
  readonly step: number;
  /** Of the epoch that is under way: its steps' mean cross-entropies so far, each over the number of its steps, in nats; 0 between two. */
  readonly loss: number;
  /** Of the learning rate's schedule. */
  readonly schedule: readonly number[];
  /** Of each weight tensor, and then of its partners: latents, both moments of Adam, average; then of each curve. */
  readonly arrays: readonly (Float32Array | Float64Array)[];
}

/** Views of the arrays of a state, in their fixed order. */
export function stateArrays(plan: StepPlan, floats: Float32Array, joint: JointStep): (Float32Array | Float64Array)[] {
  const latents = plan.tensors.flatMap((tensor) => {
    const view = (pointer: number) => floats.subarray(pointer >> 2, (pointer >> 2) + tensor.count);
    const { partner } = tensor;
    return [...pointersOf(tensor), ...(partner === undefined ? [] : pointersOf(partner))].map(view);
  });
  return [...latents, ...[...joint.gains, ...joint.biases].flatMap(({ state }) => state)];
}

function pointersOf({ latents, first, second, average }: LatentNumbers): number[] {
  return [latents, first, second, average];
}
