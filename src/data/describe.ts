import { aDataset, checkArguments } from '../core/arguments.js';
import type { Finding } from './check/finding.js';
import type { Dataset } from './dataset.js';
import { splitInWords } from './splits.js';

/** A data set in figures, ready to be printed or serialised. */
export interface DatasetSummary {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly note?: string;
  readonly layout: string;
  readonly persons: number;
  readonly joints: number;
  readonly unit: Dataset['unit'];
  readonly sequences: number;
  readonly subjects: number;
  /** `unknown`: subjects are groups of recordings, since nobody knows who performs. */
  readonly performers?: 'unknown';
  readonly frames: ValueRange;
  /** Frames as recorded, where fewer are kept. */
  readonly recordedFrames: ValueRange;
  /** Length of the recordings, to a hundredth, where all have time stamps. */
  readonly seconds?: ValueRange;
  /** `nothing`: the class means nothing. */
  readonly classes: readonly { readonly name: string; readonly sequences: number; readonly nothing?: true }[];
  /** Each subject with the recordings of each class, in the order of the names. */
  readonly people: readonly { readonly name: string; readonly sequences: readonly number[] }[];
  /** Who tests unless a split is named, in words. */
  readonly testing: string;
  /** The first one is the default. */
  readonly splits: readonly SplitSummary[];
  /** `first`: the id or path of one of them. */
  readonly skipped: readonly { readonly reason: string; readonly files: number; readonly first: string }[];
  /** What readers said of recordings; those that differ in numbers alone are one. */
  readonly remarks: readonly { readonly remark: string; readonly recordings: number; readonly first: string }[];
  /** What the reader of the set found that a person should look at. */
  readonly warnings: readonly Finding[];
}

/** Smallest, middle and greatest value over the sequences of a data set; all 0 where it has none. */
export interface ValueRange {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A split in figures. */
export interface SplitSummary {
  readonly name: string;
  readonly description: string;
  /** Sequences to train on, and to test on. */
  readonly train: number;
  readonly test: number;
}

/** Counts what a data set holds. */
export function describeDataset(dataset: Dataset): DatasetSummary {
  checkArguments('describeDataset', { dataset: [aDataset, dataset] });
  const { name, title, licence, citation, note, layout, persons, unit, samples, skipped } = dataset;
  return {
    name,
    title,
    licence,
    citation,
    ...(note === undefined ? {} : { note }),
    layout: layout.name,
    persons,
    joints: layout.joints.length,
    unit,
    sequences: samples.length,
    subjects: new Set(samples.flatMap(({ subject }) => (subject === '' ? [] : [subject]))).size,
    ...(dataset.performers === undefined ? {} : { performers: dataset.performers }),
    frames: rangeOf(samples.map(({ frames }) => frames)),
    recordedFrames: rangeOf(samples.map(({ frames, recordedFrames = frames }) => recordedFrames)),
    ...secondsOf(samples),
    classes: countClasses(dataset),
    people: countPeople(dataset),
    testing: dataset.splits.length === 0 ? 'Nobody: there is no split.' : splitInWords(dataset, dataset.splits[0]),
    splits: dataset.splits.map((split) => ({ ...split, train: split.train.length, test: split.test.length })),
    skipped: [...countBy(skipped, ({ reason }) => reason)].map(([reason, files]) => ({
      reason,
      files,
      first: skipped.find((file) => file.reason === reason)!.id,
    })),
    remarks: countRemarks(dataset),
    warnings: dataset.warnings ?? [],
  };
}

function countRemarks({ remarks = [] }: Dataset): DatasetSummary['remarks'] {
  const kindOf = ({ remark }: { readonly remark: string }) => remark.replaceAll(/\d+(?:\.\d+)?/g, '0');
  return [...countBy(remarks, kindOf)].map(([kind, recordings]) => {
    const first = remarks.find((one) => kindOf(one) === kind)!;
    return { remark: first.remark, recordings, first: first.id };
  });
}

function countClasses({ classes, nothing = [], samples }: Dataset): DatasetSummary['classes'] {
  const counts = countBy(samples, ({ label }) => label);
  return classes.map((name, label) => {
    const count = { name, sequences: counts.get(label) ?? 0 };
    return nothing.includes(name) ? { ...count, nothing: true } : count;
  });
}

function countPeople({ classes, samples }: Dataset): DatasetSummary['people'] {
  const names = [...new Set(samples.map(({ subject }) => subject))].toSorted();
  const counts = new Map(names.map((name) => [name, classes.map(() => 0)]));
  for (const { subject, label } of samples) counts.get(subject)![label]++;
  return names.map((name) => ({ name, sequences: counts.get(name)! }));
}

function secondsOf(samples: Dataset['samples']): Pick<DatasetSummary, 'seconds'> {
  const lengths = samples.flatMap(({ seconds }) =>
    seconds === undefined ? [] : seconds[seconds.length - 1] - seconds[0],
  );
  if (lengths.length < samples.length) return {};
  return { seconds: rangeOf(lengths.map((length) => Math.round(length * 100) / 100)) };
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** The median of an even number of values is the upper of the two middle ones; of none, everything is 0. */
function rangeOf(values: readonly number[]): ValueRange {
  const sorted = values.toSorted((a, b) => a - b);
  return { min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}
