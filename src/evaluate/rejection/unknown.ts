/** How well a model refuses what it was never taught. */
import { InputError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import type { Model } from '../../model/model.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { thresholdAt } from '../../runtime/stream/rejection.js';
import { type LabelledSequence, runCuts } from '../evaluate.js';
import { checkShape } from '../labelled-sequences.js';
import { auroc, shareRefused, thresholdFor } from './detection.js';
import { meaningful, scoresOf } from './scores.js';

/** The share of known movements that may be refused where figures are compared. */
export const REFUSED = 0.05;

/** How known and unknown movements differ at a rate, by how sure the model is of its answer: see `scoresOf`. */
export interface UnknownRow {
  readonly rate: number;
  /** The share of pairs of a known and an unknown one in which the model is surer of the known one. */
  readonly auroc: number;
  /** What 5 % of the known ones are less sure than. */
  readonly threshold: number;
  /** The share of unknown ones that are less sure than that. */
  readonly refused: number;
  /** What the model's own rule refuses, if it has one. */
  readonly rule?: (CurvePoint & { readonly threshold: number }) | undefined;
  /** Shares refused below thresholds that rise. */
  readonly curve: readonly CurvePoint[];
}

/** The shares of known and of unknown movements that one threshold refuses. */
export interface CurvePoint {
  readonly known: number;
  readonly unknown: number;
}

/** A model on known and on unknown movements, at several rates. */
export interface UnknownReport {
  /** Name of the data set with the unknown ones. */
  readonly dataset: string;
  /** How many sequences. */
  readonly known: number;
  readonly unknown: number;
  /** Recordings among the unknown ones of classes that the model was taught, which are left aside. */
  readonly taught: number;
  readonly rates: readonly UnknownRow[];
}

/** Points of a curve, evenly over the share of known ones refused. */
const POINTS = 100;

/**
 * Compares what a model answers to sequences of its classes and to others.
 * @param known sequences of the model's classes that it was not trained on; those of classes that mean nothing are left aside
 * @param unknown a data set whose recordings are of none of the model's classes, as far as they are
 * @throws InputError where the data set has other skeletons than the model, or either side is empty
 */
export function unknownReport(
  model: Model,
  known: readonly LabelledSequence[],
  unknown: Dataset,
  rates: readonly number[],
): UnknownReport {
  checkShape(model, unknown);
  const { classes } = model.description;
  const meaning = meaningful(model);
  const isTaught = unknown.classes.map((name) => meaning[classes.indexOf(name)] === true);
  const strangers = unknown.samples.filter(({ label }) => !isTaught[label]);
  const taught = unknown.samples.length - strangers.length;
  const meant = known.filter(({ label }) => meaning[label]);
  if (strangers.length === 0) throw noneUnknown(unknown, taught);
  if (meant.length === 0) throw noneKnown();
  return {
    dataset: unknown.name,
    known: meant.length,
    unknown: strangers.length,
    taught,
    rates: compareRates(model, meant, strangers, rates),
  };
}

/** Rates one by one; bench/unknown.js calls it, too. @param known at least one; @param unknown at least one */
export function compareRates(
  model: Model,
  known: readonly SkeletonSequence[],
  unknown: readonly SkeletonSequence[],
  rates: readonly number[],
): UnknownRow[] {
  const others = runCuts(model, unknown, rates);
  return runCuts(model, known, rates).map((outputs, i) =>
    rowOf(model, outputs.rate, scoresOf(model, outputs), scoresOf(model, others[i])),
  );
}

function rowOf(model: Model, rate: number, known: readonly number[], unknown: readonly number[]): UnknownRow {
  const refusedBelow = (threshold: number): CurvePoint => ({
    known: shareRefused(known, threshold),
    unknown: shareRefused(unknown, threshold),
  });
  const threshold = thresholdFor(known, REFUSED);
  const curve = Array.from({ length: POINTS + 1 }, (_, i) => refusedBelow(thresholdFor(known, i / POINTS)));
  const row = { rate, auroc: auroc(known, unknown), threshold, refused: refusedBelow(threshold).unknown, curve };
  const { rejection } = model.description.stream ?? {};
  if (rejection === undefined) return row;
  const least = thresholdAt(rejection, rate, REFUSED);
  return { ...row, rule: { threshold: least, ...refusedBelow(least) } };
}

function noneUnknown({ name, samples }: Dataset, taught: number): InputError {
  return new InputError({
    source: `data set ${name}`,
    expected: 'recordings of something else than the classes of the model',
    found: samples.length === 0 ? 'none' : `${taught} recordings, all of its classes`,
    mend: 'Give a folder of other movements.',
  });
}

function noneKnown(): InputError {
  return new InputError({
    source: 'test sequences',
    expected: 'some of classes that mean something',
    found: 'none',
    mend: 'Use another split.',
  });
}
