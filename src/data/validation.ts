import { InputError } from '../core/errors.js';
import type { Dataset, Sample, Split } from './dataset.js';

/** The training sequences of every split fall into so many parts; each of them can stand aside for validation. */
export const VALIDATION_PARTS = 4;

const NAME = new RegExp(`^(.+)/validation-([1-${VALIDATION_PARTS}])$`);

/** What a model is measured on: sequences for the last word, or some of the training part for choices before it. */
export type Part = 'test' | 'validation';

/** `cross-subject/validation-1`: the split that trains without a part of the training sequences and tests on it. */
export function validationName(split: string, part: number): string {
  return `${split}/validation-${part}`;
}

/** The split and the part that a name of `validationName` is made of; undefined for other names. */
export function parseValidationName(name: string): { readonly base: string; readonly part: number } | undefined {
  const [, base, part] = NAME.exec(name) ?? [];
  return base === undefined ? undefined : { base, part: Number(part) };
}

/** The split of the data set that a name of `validationName`, or of several within one another, divides again. */
export function baseSplitName(name: string): string {
  const base = parseValidationName(name)?.base;
  return base === undefined ? name : baseSplitName(base);
}

/** What the test sequences of a split of that name are. */
export function partOf(split: string): Part {
  return parseValidationName(split) === undefined ? 'test' : 'validation';
}

/**
 * Divides the training part of a split again. The subjects are dealt out whole, the one with the most sequences first,
 * each to the part that has the fewest; pairs of persons too, of whom each may be in pairs on both sides. Of fewer
 * subjects than parts, the sequences of each class are dealt out instead. The test part of the split is in neither.
 * @throws InputError if there are fewer training sequences than parts
 */
export function validationSplit({ name, samples }: Dataset, base: Split, part: number): Split {
  if (base.train.length < VALIDATION_PARTS) throw tooFew(name, base);
  const parts = dealOut(samples, base.train);
  return {
    name: validationName(base.name, part),
    description: `The training part of ${base.name} without part ${part} of ${VALIDATION_PARTS}, which validates.`,
    train: base.train.filter((_, i) => parts[i] !== part),
    test: base.train.filter((_, i) => parts[i] === part),
  };
}

/** The part, 1 to VALIDATION_PARTS, of each of the samples at `indices`. */
function dealOut(samples: readonly Sample[], indices: readonly number[]): number[] {
  const subjects = new Map<string, number>();
  for (const index of indices) {
    const { subject } = samples[index];
    subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
  }
  if (subjects.size < VALIDATION_PARTS) return dealSequences(samples, indices);
  const parts = dealSubjects(subjects);
  return indices.map((index) => parts.get(samples[index].subject)!);
}

function dealSubjects(sequences: ReadonlyMap<string, number>): Map<string, number> {
  const sizes = new Array<number>(VALIDATION_PARTS).fill(0);
  const byName = [...sequences].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = byName
    .toSorted(([, a], [, b]) => b - a)
    .map(([subject, count]): [string, number] => {
      const part = sizes.indexOf(Math.min(...sizes));
      sizes[part] += count;
      return [subject, part + 1];
    });
  return new Map(parts);
}

function dealSequences(samples: readonly Sample[], indices: readonly number[]): number[] {
  const parts = new Array<number>(indices.length);
  const byClass = [...indices.keys()].sort((a, b) => samples[indices[a]].label - samples[indices[b]].label || a - b);
  for (const [place, i] of byClass.entries()) parts[i] = (place % VALIDATION_PARTS) + 1;
  return parts;
}

function tooFew(dataset: string, { name, train }: Split): InputError {
  return new InputError({
    source: `data set ${dataset}`,
    place: `split ${name}`,
    expected: `at least ${VALIDATION_PARTS} training sequences, to set some aside`,
    found: String(train.length),
    mend: 'Add sequences, or train without validation.',
  });
}
