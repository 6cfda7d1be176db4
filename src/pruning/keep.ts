import { Model } from '../model/model.js';
import { rateOf } from '../runtime/file/read.js';
import { liveWeights } from './live.js';

/** The latents of which only the first `nonzeros` of the importance order are left. */
export function keepFirst(latents: readonly Float32Array[], order: Uint32Array, nonzeros: number): Float32Array[] {
  const kept = latents.map((tensor) => new Float32Array(tensor.length));
  const starts = startsOf(latents);
  for (const position of order.subarray(0, nonzeros)) {
    const tensor = tensorOf(starts, position);
    const at = position - starts[tensor];
    kept[tensor][at] = latents[tensor][at];
  }
  return kept;
}

/** The model with only the first `nonzeros` of the importance order. */
export function keepNonzeros(model: Model, order: Uint32Array, nonzeros: number, rate?: number): Model {
  const latents = keepFirst(model.parameters.latents, order, nonzeros);
  return withLatents(model, latents, rate ?? rateOf(nonzeros, model.network.weightCount));
}

/**
 * The model without the weights that cannot influence an answer at its rate: there its logits are the same to the bit.
 * Cut to a higher rate it keeps other weights than the model would, since those that are gone no longer count.
 */
export function dropDead(model: Model): Model {
  const { weights } = liveWeights(model);
  const latents = model.parameters.latents.map((tensor, t) => tensor.map((latent, i) => (weights[t][i] ? latent : 0)));
  return withLatents(model, latents, model.rate);
}

function withLatents({ description, parameters, precision }: Model, latents: Float32Array[], rate: number): Model {
  return new Model(description, { ...parameters, latents }, rate, precision);
}

function startsOf(latents: readonly Float32Array[]): number[] {
  let next = 0;
  return latents.map((tensor) => {
    next += tensor.length;
    return next - tensor.length;
  });
}

function tensorOf(starts: readonly number[], position: number): number {
  let tensor = starts.length - 1;
  while (starts[tensor] > position) tensor--;
  return tensor;
}
