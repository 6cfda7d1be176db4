import { aDataset, checkArguments, optionalText } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { formatCounted } from '../core/format.js';
import { suggest } from '../core/suggest.js';
import type { Dataset, Sample, Split } from './dataset.js';
import { parseValidationName, VALIDATION_PARTS, validationSplit } from './validation.js';

/** Divides samples by a rule that says which of them test. */
export function splitBy(
  samples: readonly Sample[],
  name: string,
  description: string,
  isTest: (sample: Sample) => boolean,
): Split {
  const [train, test]: number[][] = [[], []];
  for (const [index, sample] of samples.entries()) (isTest(sample) ? test : train).push(index);
  return { name, description, train, test };
}

/** Each subject in turn tests, the others train: `subject-s01` ... None where fewer than two are known. */
export function splitsBySubject(samples: readonly Sample[]): Split[] {
  const names = [...new Set(samples.map(({ subject }) => subject))].toSorted();
  if (names.length < 2 || names.includes('')) return [];
  return names.map((name) => {
    const description = `Subject ${name} tests, the others train.`;
    const split = splitBy(samples, `subject-${name}`, description, ({ subject }) => subject === name);
    return { ...split, apart: 'subjects' };
  });
}

/** Names of subjects that a sentence lists; of more, their number. */
const LISTED = 8;

/** `by-subject: 12 recordings by p3 and p4 test, 36 by p1, p2 and p5 train`. */
export function splitInWords(
  { samples, performers }: Pick<Dataset, 'samples' | 'performers'>,
  { name, train, test }: Split,
): string {
  const [by, subjects] = performers === 'unknown' ? ['of', 'groups'] : ['by', 'subjects'];
  const part = (indices: readonly number[]) => {
    const names = [...new Set(indices.map((index) => samples[index].subject))].toSorted();
    const whose = names.length === 0 || names.includes('') ? '' : ` ${by} ${listInWords(names, subjects)}`;
    return `${formatCounted(indices.length, 'recording')}${whose}`;
  };
  return `${name}: ${part(test)} test, ${part(train)} train`;
}

function listInWords(names: readonly string[], subjects: string): string {
  if (names.length > LISTED) return `${names.length} ${subjects}`;
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The splits whose training part is that of the one named: one training serves them all. */
export function splitsOfTraining(dataset: Dataset, name: string): Split[] {
  const split = selectSplit(dataset, name);
  const same = dataset.splits.filter(({ train }) => train.length === split.train.length && isEqual(train, split.train));
  return same.length > 0 ? same : [split];
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}

/** Whether a data set has a split of that name, by a subject that it knows as well. */
export function hasSplit({ samples, splits }: Dataset, name: string): boolean {
  return [...splits, ...splitsBySubject(samples)].some((split) => split.name === name);
}

/** The split of that name, or the default one; `subject-NAME` where subjects are known; `NAME/validation-1` divides the training part of NAME again. */
export function selectSplit(dataset: Dataset, name?: string): Split {
  checkArguments('selectSplit', { dataset: [aDataset, dataset], name: [optionalText, name] });
  const validation = name === undefined ? undefined : parseValidationName(name);
  if (validation !== undefined) return validationSplit(dataset, selectSplit(dataset, validation.base), validation.part);
  const names = dataset.splits.map((split) => split.name);
  const index = name === undefined ? 0 : names.indexOf(name);
  if (index >= 0 && index < names.length) return dataset.splits[index];
  const bySubject = splitsBySubject(dataset.samples).find((split) => split.name === name);
  if (bySubject !== undefined) return bySubject;
  throw new InputError({
    source: `data set ${dataset.name}`,
    place: 'split',
    expected:
      names.length === 0
        ? 'a data set with at least one split'
        : `one of ${names.join(', ')}, or its training part divided again: NAME/validation-1 to -${VALIDATION_PARTS}`,
    found: name === undefined ? 'none' : `"${name}"`,
    mend: suggest(name ?? '', names) ?? 'Use one of these names.',
  });
}
