/** Sentences on figures that a reader might take for better, or for worse, than they are. */
import { formatPercent } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import type { Model } from '../../model/model.js';
import { type LabelledSequence, type RateAccuracy, runCuts, tally } from '../evaluate.js';
import { labelledSequences } from '../labelled-sequences.js';

/** A class of fewer training recordings is named; of so few beside the largest class too. */
const FEW = 10;
const FEW_BESIDE_LARGEST = 0.1;

/** Accuracies that are so far apart say that the network knows the training recordings by heart. */
const FAR = 0.15;
/** A better test accuracy needs no explanation. */
const GOOD = 0.9;
/** Training recordings that are answered, spread over all. */
const ASKED = 200;

interface NoteContext {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly sequences: readonly LabelledSequence[];
  /** Samples that the model was trained on; empty if nobody knows. */
  readonly training: readonly number[];
  readonly rows: readonly RateAccuracy[];
}

export function reportNotes(context: NoteContext): string[] {
  return [...thinClasses(context), ...chance(context), ...memorised(context)];
}

function thinClasses({ dataset: { samples, classes }, training }: NoteContext): string[] {
  if (training.length === 0) return [];
  const counts = classes.map(() => 0);
  for (const index of training) counts[samples[index].label]++;
  const least = Math.max(FEW, FEW_BESIDE_LARGEST * Math.max(...counts));
  const thin = [...counts.keys()].filter((label) => counts[label] > 0 && counts[label] < least);
  if (thin.length === 0) return [];
  const list = thin.slice(0, 5).map((label) => `${classes[label]} (${counts[label]})`);
  const more = thin.length > 5 ? ` and ${thin.length - 5} more classes` : '';
  return [
    `Few training recordings: ${list.join(', ')}${more}. Record more, or balance the classes with "training.balance". The class mean gives every class the same weight.`,
  ];
}

/** Best accuracy within two standard errors of always answering the most frequent class. */
function chance({ sequences, rows }: NoteContext): string[] {
  if (sequences.length === 0 || rows.length === 0) return [];
  const best = Math.max(...rows.map(({ accuracy }) => accuracy));
  const most = mostFrequent(sequences) / sequences.length;
  const error = Math.sqrt((most * (1 - most)) / sequences.length);
  if (best > most + 2 * error || most === 1) return [];
  return [
    `No better than chance: the most frequent class makes up ${formatPercent(most)} of the sequences. Likely reasons: labels or joints in the wrong order, augmentation in a different unit from the data ("data check" shows it), too few training steps.`,
  ];
}

function mostFrequent(sequences: readonly LabelledSequence[]): number {
  const counts = new Map<number, number>();
  for (const { label } of sequences) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values());
}

/** How the least pruned network answers what it was trained on, where the test is not good. */
function memorised({ model, dataset, training, rows }: NoteContext): string[] {
  const [first] = rows.toSorted((a, b) => a.rate - b.rate);
  if (first === undefined || first.accuracy >= GOOD || training.length === 0) return [];
  const step = Math.max(1, Math.floor(training.length / ASKED));
  const asked = training.filter((_, i) => i % step === 0);
  const known = labelledSequences(model, dataset, asked);
  const [outputs] = runCuts(model, known, [first.rate]);
  const { accuracy } = tally(outputs, known);
  if (accuracy - first.accuracy <= FAR) return [];
  return [
    `On training sequences ${formatPercent(accuracy)} are right, far more than on these: the network has memorised them. Likely reasons: few people or recordings to train with, too little augmentation, or test recordings of another kind (camera, unit, way of standing).`,
  ];
}
