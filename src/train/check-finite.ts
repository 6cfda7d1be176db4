import { DivergenceError } from '../core/errors.js';
import type { StepEngine } from './step/engine.js';
import type { JointStep } from './step/joint-step.js';

/** A mean cross-entropy from which no training comes back; guessing has log(classes). */
const WORST_LOSS = 1000;

/** Where a training diverged. */
interface Moment {
  /** From 1. */
  readonly epoch: number;
  readonly engine: StepEngine;
  readonly joint: JointStep;
}

/** @throws DivergenceError on a loss that is not finite, or from which no training comes back */
export function checkLoss(loss: number, moment: Moment): void {
  if (!(loss < WORST_LOSS)) throw diverged(`the loss became ${Number(loss.toPrecision(4))}`, moment);
}

/** So that no epoch ends, and no checkpoint is taken, with a number that is not finite. @throws DivergenceError */
export function checkFinite(moment: Moment): void {
  if (firstBadTensor(moment) !== undefined) throw diverged('a weight is no longer finite', moment);
}

function diverged(what: string, moment: Moment): DivergenceError {
  const bad = firstBadTensor(moment);
  const tensor = bad === undefined ? 'all latent weights are still finite' : `first bad tensor: ${bad}`;
  const place = `epoch ${moment.epoch}, step ${moment.joint.step}`;
  return new DivergenceError(
    `${what} in ${place}; ${tensor}. Lower training.learningRate or training.biasLearningRate.`,
  );
}

function firstBadTensor({ engine: { plan, kernels }, joint }: Moment): string | undefined {
  const { floats } = kernels.heap;
  const isBad = (value: number) => !Number.isFinite(value);
  const latents = plan.tensors.find(({ latents, count }) =>
    floats.subarray(latents >> 2, (latents >> 2) + count).some(isBad),
  );
  const names = [
    ...plan.tensors.map(({ spec }) => `gain of ${spec.fullName}`),
    ...plan.network.biases.map(({ fullName }) => fullName),
  ];
  const curve = [...joint.gains, ...joint.biases].findIndex(({ curve: { values } }) => values.some(isBad));
  return latents?.spec.fullName ?? names[curve];
}
