import { isBuiltin, wholeLayout } from '../../skeleton/layouts/described.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { checkLayout, layoutNamed, layouts } from '../../skeleton/layouts/layouts.js';
import type { Dataset, Sample } from '../dataset.js';
import type { AnysetHeader } from './header.js';
import { timesOfAll } from './times.js';

/** A layout that is not built in is written into the file; one of the same name that is known must be the same. */
export function layoutOf(described: AnysetHeader['layout'], source: string): Layout {
  if (typeof described === 'string') return layoutNamed(described, source);
  checkLayout(described, source);
  return layouts.find(({ name }) => name === described.name) ?? described;
}

/** The keys that have a value. */
export function definedOf<T extends object>(facts: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

/** All of a data set but its positions. */
export function toHeader(dataset: Dataset, step: number, lost: number[][] | undefined): AnysetHeader {
  const { name, title, licence, citation, note = '', layout, persons, unit, classes, samples, splits } = dataset;
  return {
    name,
    title,
    licence,
    citation,
    note,
    layout: isBuiltin(layout) ? layout.name : wholeLayout(layout),
    persons,
    unit,
    step,
    classes: [...classes],
    samples: {
      id: samples.map(({ id }) => id),
      label: samples.map(({ label }) => label),
      subject: samples.map(({ subject }) => subject),
      frames: samples.map(({ frames }) => frames),
      recordedFrames: samples.map(({ frames, recordedFrames = frames }) => recordedFrames),
      ...definedOf({ lost, seconds: timesOfAll(samples) }),
    },
    splits: splits.map((split) => ({ ...split, train: [...split.train], test: [...split.test] })),
    skipped: [...dataset.skipped],
    ...definedOf({
      dimensions: dataset.dimensions === 2 ? (2 as const) : undefined,
      nothing: dataset.nothing?.length ? [...dataset.nothing] : undefined,
      performers: dataset.performers,
    }),
  };
}

type SampleFacts = Required<Pick<Sample, 'id' | 'label' | 'subject' | 'recordedFrames'>>;

/** What a header says of one recording. */
export function sampleFacts(samples: AnysetHeader['samples'], i: number): SampleFacts {
  return {
    id: samples.id[i],
    label: samples.label[i],
    subject: samples.subject[i],
    recordedFrames: samples.recordedFrames[i],
  };
}
