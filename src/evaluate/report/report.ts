import { aDataset, aModel, aNumber, checkArguments, type Kind, listOf, optionsOf } from '../../core/arguments.js';
import type { Dataset, Split } from '../../data/dataset.js';
import { hasSplit, selectSplit } from '../../data/splits.js';
import { baseSplitName, type Part, partOf } from '../../data/validation.js';
import type { Model } from '../../model/model.js';
import { cutter } from '../../pruning/cut/cutter.js';
import { type ModelSize, modelSize } from '../../pruning/cut/size.js';
import { argmax } from '../../runtime/view.js';
import { type CutOutputs, type LabelledSequence, type RateAccuracy, runCuts, tally } from '../evaluate.js';
import { labelledSequences } from '../labelled-sequences.js';
import { calibrationOf, type RowCalibration } from './calibration.js';
import { type Confusion, classMean, confusionOf } from './confusion.js';
import { reportNotes } from './notes.js';

/** Rates that are reported unless others are asked for. */
export const REPORT_RATES = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995];

/** A model's accuracy and size at one rate. */
export interface ReportRow extends RateAccuracy, ModelSize {
  /** Mean over the classes that have sequences of the accuracy on each: every class counts alike. */
  readonly classMean: number;
  /** Whether every step trained this very rate. */
  readonly trained: boolean;
  readonly confusion?: Confusion | undefined;
  /** With `confusion`: the sequences that were answered wrong, in the order of the data set. */
  readonly wrong?: readonly WrongAnswer[] | undefined;
  readonly calibration?: RowCalibration | undefined;
}

/** A sequence that was taken for another class. */
export interface WrongAnswer {
  readonly id: string;
  readonly class: string;
  readonly answer: string;
}

/** A model on the sequences that a split tests on, at several rates. */
export interface Report {
  readonly dataset: string;
  readonly split: string;
  /** What the sequences are: the test part, or a validation part of the training part. */
  readonly part: Part;
  readonly sequences: number;
  /** How many of them the model was trained on, as far as its provenance tells: none, for an honest figure. */
  readonly seen: number;
  readonly classes: number;
  /** Maskable weights: what a rate is a share of. */
  readonly weights: number;
  readonly rates: readonly ReportRow[];
  /** What a reader should know of these figures, in sentences: few recordings, chance, training and test far apart. */
  readonly notes: readonly string[];
}

/** What of a model is evaluated, and how closely. */
export interface ReportOptions {
  /** By default that which the model was trained on, if the data set has it. */
  readonly split?: string | undefined;
  /** By default those of REPORT_RATES that the model holds. */
  readonly rates?: readonly number[] | undefined;
  /** What the rows tell beside accuracy and size. */
  readonly confusion?: boolean | undefined;
  readonly calibration?: boolean | undefined;
}

const someRates: Kind = listOf('a list of pruning rates', aNumber);
const anyReportOptions = optionsOf<ReportOptions>({ split: true, rates: true, confusion: true, calibration: true });

/**
 * Evaluates a model on the test sequences of a data set.
 * @throws InputError where they do not fit
 * @example
 * const report = createReport(model, dataset, { rates: [0, 0.98], confusion: true });
 */
export function createReport(model: Model, dataset: Dataset, options: ReportOptions = {}): Report {
  checkArguments('createReport', {
    model: [aModel, model],
    dataset: [aDataset, dataset],
    options: [anyReportOptions, options],
  });
  checkArguments('createReport', { 'options.rates': [someRates, options.rates ?? []] });
  const { provenance, classes } = model.description;
  const isOwn = dataset.name === provenance.dataset;
  const split = selectSplit(dataset, options.split ?? (isOwn ? provenance.split : undefined));
  const sequences = labelledSequences(model, dataset, split.test);
  const outputs = runCuts(model, sequences, options.rates ?? ratesOf(model));
  const ids = split.test.map((index) => dataset.samples[index].id);
  const cutTo = cutter(model);
  const rates = outputs.map((output) => rowOf(model, cutTo, output, sequences, ids, options));
  const training = trainingPart(model, dataset);
  return {
    dataset: dataset.name,
    split: split.name,
    part: partOf(split.name),
    sequences: sequences.length,
    seen: countSeen(model, dataset, split),
    classes: classes.length,
    weights: model.network.weightCount,
    rates,
    notes: reportNotes({ model, dataset, sequences, training, rows: rates }),
  };
}

/** The test sequences of a split that are in the training part of the split which the model names. */
function countSeen(model: Model, dataset: Dataset, { test }: Split): number {
  const trained = new Set(trainingPart(model, dataset));
  return test.filter((index) => trained.has(index)).length;
}

/** The sequences that a model was trained on, as far as its provenance tells. */
function trainingPart({ description: { provenance } }: Model, dataset: Dataset): readonly number[] {
  const base = baseSplitName(provenance.split);
  const isKnown = dataset.name === provenance.dataset && hasSplit(dataset, base);
  return isKnown ? selectSplit(dataset, provenance.split).train : [];
}

function rowOf(
  model: Model,
  cutTo: (rate: number) => Model,
  outputs: CutOutputs,
  sequences: readonly LabelledSequence[],
  ids: readonly string[],
  { confusion, calibration }: ReportOptions,
): ReportRow {
  const { loss: _, ...accuracy } = tally(outputs, sequences);
  const { rate } = accuracy;
  const labels = sequences.map(({ label }) => label);
  const answers = outputs.logits.map(argmax);
  const matrix = confusionOf(model.network.classes, labels, answers);
  return {
    ...accuracy,
    classMean: classMean(matrix),
    ...modelSize(cutTo(rate)),
    trained: model.description.provenance.trainedRates.includes(rate),
    ...(confusion && { confusion: matrix, wrong: wrongAnswers(model.description.classes, ids, labels, answers) }),
    ...(calibration && { calibration: calibrationOf(model.temperatureAt(rate), outputs.logits, labels) }),
  };
}

function wrongAnswers(
  classes: readonly string[],
  ids: readonly string[],
  labels: readonly number[],
  answers: readonly number[],
): WrongAnswer[] {
  return ids.flatMap((id, i) =>
    answers[i] === labels[i] ? [] : [{ id, class: classes[labels[i]], answer: classes[answers[i]] }],
  );
}

/** The report's usual rates; of a cut, its own rate and those above. */
export function ratesOf({ rate: least }: Model): number[] {
  return least === 0 ? [...REPORT_RATES] : [least, ...REPORT_RATES.filter((rate) => rate > least)];
}
