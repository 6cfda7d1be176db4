import type { Dataset } from '../../data/dataset.js';
import { splitsOfTraining } from '../../data/splits.js';
import { evaluate, evaluationFeatures } from '../../evaluate/evaluate.js';
import type { Model } from '../../model/model.js';
import { cut } from '../../pruning/cut/cut.js';
import { weightSize } from '../../pruning/cut/size.js';
import { priorOf } from '../../pruning/prior/prior.js';
import { nonzerosAt, rateOf } from '../../runtime/network/rate.js';
import type { Trained } from '../methods/method.js';
import type { JobRow } from './result.js';

/** A trained network at its rates, on the test of each split that has the same training part. */
export function measureTrained({ model, rates, prior }: Trained, dataset: Dataset): JobRow[] {
  const splits = splitsOfTraining(dataset, model.description.provenance.split).filter(({ test }) => test.length > 0);
  return splits.flatMap(({ name: split, test }) => {
    const sequences = test.map((index) => dataset.samples[index]);
    const features = evaluationFeatures(model, sequences);
    const exact = evaluate(model, sequences, rates, features);
    const actual = rates.map((rate) => rateBelow(model, rate, prior && priorOf(prior).threshold(rate)));
    const atThreshold = prior === undefined ? exact : evaluate(model, sequences, actual, features);
    return exact.map(({ rate, correct, total, accuracy }, i) => {
      const { nonzeros, macs } = weightSize(cut(model, { rate }));
      const accuracyAtThreshold = atThreshold[i].accuracy;
      return { split, rate, nonzeros, actualRate: actual[i], macs, correct, total, accuracy, accuracyAtThreshold };
    });
  });
}

/** The share of latent weights within a threshold, below 1, or what the exact budget leaves out. */
function rateBelow({ parameters, network }: Model, rate: number, threshold: number | undefined): number {
  const count = network.weightCount;
  if (threshold === undefined) return rateOf(nonzerosAt(count, rate), count);
  const below = parameters.latents.map((tensor) =>
    tensor.reduce((sum, latent) => sum + (Math.abs(latent) < threshold ? 1 : 0), 0),
  );
  return rateOf(
    below.reduce((left, zeros) => left - zeros, count),
    count,
  );
}
