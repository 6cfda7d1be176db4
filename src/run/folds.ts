import { InputError } from '../core/errors.js';
import { sum } from '../core/math.js';
import type { Dataset } from '../data/dataset.js';
import { splitsBySubject } from '../data/splits.js';
import { parseValidationName, validationName } from '../data/validation.js';
import type { Report, ReportRow } from '../evaluate/report/report.js';

/** The split that stands for all folds of a data set, one after the other. */
export const ALL_FOLDS = '5-fold';
/** The split that stands for all subjects, each of whom tests in turn. */
const EACH_SUBJECT = 'each-subject';

const FOLD = /^fold\d$/;

/** Whether a split stands for several, each of which is trained. */
export function isOfFolds(split = ''): boolean {
  const { base } = parseValidationName(split) ?? { base: split };
  return base === ALL_FOLDS || base === EACH_SUBJECT;
}

/** The splits that `5-fold`, `each-subject` or `5-fold/validation-1` stands for in a data set; of other splits, none. */
export function foldSplits(split = '', dataset: Pick<Dataset, 'name' | 'samples' | 'splits'>): string[] {
  const { base, part } = parseValidationName(split) ?? { base: split };
  const names = base === ALL_FOLDS ? folds(dataset) : base === EACH_SUBJECT ? subjects(dataset) : [];
  return names.map((name) => (part === undefined ? name : validationName(name, part)));
}

function folds({ splits }: Pick<Dataset, 'splits'>): string[] {
  const names = splits.map(({ name }) => name);
  return names.filter((name) => FOLD.test(name)).toSorted();
}

/** @throws InputError where fewer than two subjects are known */
function subjects({ name, samples }: Pick<Dataset, 'name' | 'samples'>): string[] {
  const names = splitsBySubject(samples).map((split) => split.name);
  if (names.length > 0) return names;
  throw new InputError({
    source: `data set ${name}`,
    place: `split ${EACH_SUBJECT}`,
    expected: 'at least two subjects, and a known one for every recording',
    found: 'recordings without one, or a single subject',
    mend: 'Say in dataset.json where the "subject" is written, or use another split.',
  });
}

/** One report on all folds: the mean of their accuracies and sizes, and their test sequences together. */
export function meanReport(folds: readonly Report[], split: string): Report {
  return {
    ...folds[0],
    split,
    weights: Math.round(sum(folds.map(({ weights }) => weights)) / folds.length),
    sequences: sum(folds.map(({ sequences }) => sequences)),
    seen: sum(folds.map(({ seen }) => seen)),
    rates: folds[0].rates.map((_, i) => meanRow(folds.map(({ rates }) => rates[i]))),
    notes: folds.flatMap((fold) => fold.notes.map((note) => `${fold.split}: ${note}`)),
  };
}

/** One rate over all folds. */
export function meanRow(rows: readonly ReportRow[]): ReportRow {
  const mean = (key: 'nonzeros' | 'effective' | 'macs' | 'bytes' | 'accuracy' | 'classMean') =>
    sum(rows.map((row) => row[key])) / rows.length;
  return {
    ...rows[0],
    nonzeros: Math.round(mean('nonzeros')),
    effective: Math.round(mean('effective')),
    macs: Math.round(mean('macs')),
    bytes: Math.round(mean('bytes')),
    accuracy: mean('accuracy'),
    classMean: mean('classMean'),
    correct: sum(rows.map(({ correct }) => correct)),
    total: sum(rows.map(({ total }) => total)),
    emptied: [...new Set(rows.flatMap(({ emptied }) => emptied))],
  };
}
