import type { Dataset } from '../data/dataset.js';
import { selectSplit } from '../data/splits.js';
import type { Model } from '../model/model.js';
import { evaluate, type RateResult } from '../train/evaluate.js';
import { labelledSequences } from '../train/labelled-sequences.js';
import { REPORT_RATES } from '../train/recipe.js';

/** A model's accuracy and size at one rate. */
export type ReportRow = Omit<RateResult, 'loss'>;

/** A model on the test sequences of a split, at several rates. */
export interface Report {
  readonly dataset: string;
  readonly split: string;
  /** Test sequences. */
  readonly sequences: number;
  readonly classes: number;
  /** Maskable weights: what a rate is a share of. */
  readonly weights: number;
  readonly rates: readonly ReportRow[];
}

export interface ReportOptions {
  /** By default that which the model was trained on, if the data set has it. */
  readonly split?: string | undefined;
  /** By default those of REPORT_RATES that the model holds. */
  readonly rates?: readonly number[] | undefined;
}

/** Evaluates a model on the test sequences of a data set. @throws InputError where they do not fit */
export function createReport(model: Model, dataset: Dataset, options: ReportOptions = {}): Report {
  const { provenance, classes } = model.description;
  const isOwn = dataset.name === provenance.dataset;
  const split = selectSplit(dataset, options.split ?? (isOwn ? provenance.split : undefined));
  const sequences = labelledSequences(model, dataset, split.test);
  const results = evaluate(model, sequences, options.rates ?? ratesOf(model));
  return {
    ...{ dataset: dataset.name, split: split.name, sequences: sequences.length, classes: classes.length },
    weights: model.network.weightCount,
    rates: results.map(({ loss: _, ...row }) => row),
  };
}

/** The report's usual rates; of a cut, its own rate and those above. */
export function ratesOf({ rate: least }: Model): number[] {
  return least === 0 ? [...REPORT_RATES] : [least, ...REPORT_RATES.filter((rate) => rate > least)];
}
