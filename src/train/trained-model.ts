import type { ModelParameters } from '../model/model.js';
import type { Paths } from '../pruning/cut/paths.js';
import { priorOf } from '../pruning/prior/prior.js';
import { settled } from '../pruning/prior/settle.js';
import type { RateCurve } from '../runtime/network/rate.js';
import { joinMembers } from './members.js';
import { placeOfRate, rateDraw } from './rates.js';
import type { PruningOptions } from './recipe/recipe.js';
import type { TrainingSamples } from './samples/sample-source.js';
import type { TrainedCurve } from './step/adam.js';
import type { StepEngine } from './step/engine.js';
import type { JointStep } from './step/joint-step.js';
import { PARTNERS } from './step/masks/masks.js';
import type { LatentTensor } from './step/plan.js';

/** The numbers of the network as it is, the moving averages of all parameters; on a line, those at a rate. */
export function trainedParameters(
  { plan, kernels }: StepEngine,
  joint: JointStep,
  { mean, inverseDeviation }: TrainingSamples,
  { rates, ramp, prior, settle }: PruningOptions,
  rate: number,
  paths?: Paths,
): ModelParameters {
  const { partners } = plan.sizes;
  const share = placeOfRate(rate, rateDraw({ rates, ramp }));
  const averageOf = ({ average, partner, count }: LatentTensor) => {
    const read = (pointer: number) => kernels.heap.floats.slice(pointer >> 2, (pointer >> 2) + count);
    const latents = read(average);
    if (partner === undefined) return latents;
    return PARTNERS[partners!].settle(latents, read(partner.average), share);
  };
  const averages = plan.tensors.map(averageOf);
  const latents = settle ? settled(averages, priorOf(prior)) : averages;
  paths?.limit(latents);
  const apart: ModelParameters = {
    latents: latents.map((tensor) => tensor.map((latent) => (latent === 0 ? LEAST_LATENT : latent))),
    scales: joint.scales,
    gains: joint.gains.map(averageCurve),
    biases: joint.biases.map(averageCurve),
    mean,
    inverseDeviation,
  };
  return joinMembers(apart, plan.network);
}

/** Takes the place of a latent that is exactly zero, so that zero means pruned. */
const LEAST_LATENT = 1e-30;

/** The moving average of a curve, in the float32 precision of a model file. */
function averageCurve({ curve, average }: TrainedCurve): RateCurve {
  return { ...curve, values: average.map(Math.fround) };
}
