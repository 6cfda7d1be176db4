import { aModel, aNumber, checkArguments, labelled } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import type { Model } from '../model/model.js';
import { argmax } from '../runtime/view.js';
import { evaluationFeatures, type LabelledSequence, runCuts } from './evaluate.js';
import { accuracyRatio, countPairs, ratioInterval } from './paired-interval.js';

/** Steps of the search a halving of the non-zeros. */
const STEPS = 8;

/** The smallest network that keeps a share of the unpruned accuracy. */
export interface Smallest {
  readonly rate: number;
  readonly sequences: number;
  /** Of the unpruned network, and of this one. */
  readonly unpruned: number;
  readonly accuracy: number;
  /** accuracy / unpruned, and its interval of 95 %: a bootstrap over sequences, paired. */
  readonly kept: number;
  readonly interval: readonly [low: number, high: number];
}

/**
 * The greatest rate tried at which `share` of the unpruned accuracy is kept; 0 where none is. Rates are tried from the
 * largest that was trained down, the non-zeros growing by 2^(1/8) from one to the next: beyond it accuracy falls soon, and
 * luck on a few sequences would hide it. Of a model trained densely, all rates are tried. That the luckiest of near equals
 * is taken, and that sequences of one subject are alike, is not in the interval: over other subjects it is wider.
 * @param sequences that the model was not trained on
 * @throws InputError if the unpruned network is never right
 */
export function smallestKeeping(model: Model, sequences: readonly LabelledSequence[], share: number): Smallest {
  checkArguments('smallestKeeping', {
    model: [aModel, model],
    sequences: [labelled, sequences],
    share: [aNumber, share],
  });
  const features = evaluationFeatures(model, sequences);
  const rightAt = (rate: number) => {
    const [{ logits }] = runCuts(model, sequences, [rate], features);
    return logits.map((row, i) => argmax(row) === sequences[i].label);
  };
  const unpruned = rightAt(0);
  if (!unpruned.includes(true)) throw nothingToKeep(sequences.length);
  for (const rate of ratesDown(model)) {
    const found = describe(rate, unpruned, rightAt(rate));
    if (found.kept >= share) return found;
  }
  return describe(0, unpruned, unpruned);
}

/** The largest trained rate and each 1 − 2^(−i/8) below; of a dense one, from where each class could have a weight. */
function ratesDown({ network, description: { classes, provenance } }: Model): number[] {
  const steps = Math.floor(STEPS * Math.log2(network.weightCount / classes.length));
  const rates = Array.from({ length: Math.max(steps, 0) }, (_, i) => 1 - 2 ** (-(steps - i) / STEPS));
  const largest = Math.max(0, ...provenance.trainedRates);
  return largest === 0 ? rates : [largest, ...rates.filter((rate) => rate < largest)];
}

function describe(rate: number, unpruned: readonly boolean[], right: readonly boolean[]): Smallest {
  const counts = countPairs(unpruned, right);
  const share = (answers: readonly boolean[]) => answers.filter(Boolean).length / answers.length;
  return {
    rate,
    sequences: right.length,
    unpruned: share(unpruned),
    accuracy: share(right),
    kept: accuracyRatio(counts),
    interval: ratioInterval(counts),
  };
}

function nothingToKeep(sequences: number): InputError {
  return new InputError({
    source: 'validation sequences',
    expected: 'an unpruned network that classifies some of them correctly',
    found: `one that classifies none of ${sequences} correctly`,
    mend: 'Train longer.',
  });
}
