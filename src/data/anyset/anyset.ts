import { aDataset, aNumber, aText, checkArguments, someBytes } from '../../core/arguments.js';
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { areFinite } from '../../runtime/skeleton/lost.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { checkLayout, isBuiltin, layoutNamed, layouts, wholeLayout } from '../../skeleton/layouts/layouts.js';
import { requireApart, requireSoundRecordings } from '../check/check-dataset.js';
import type { Dataset, Sample } from '../dataset.js';
import { MAX_POSITION_BYTES, packParts, unpackParts } from './container.js';
import { type AnysetHeader, decodeHeader, encodeHeader } from './header.js';
import { gapsOfAll, restoreGaps, withoutGaps } from './lost.js';
import { decodePositions, encodePositions } from './positions.js';
import { smallestStep } from './step.js';
import { restoreTimes, timesOfAll } from './times.js';

/**
 * Packs a whole data set into one compact file.
 * @param step positions are rounded to multiples of it; in the unit of the data set
 * @throws InputError on a layout whose parts do not fit each other, or that has the name of another; on positions that are
 * not finite, and recordings of another shape; on a split whose parts share a recording; on a step that is too small
 */
export function encodeAnyset(dataset: Dataset, step: number): Uint8Array {
  checkArguments('encodeAnyset', { dataset: [aDataset, dataset], step: [aNumber, step] });
  checkLayout(dataset.layout, `data set ${dataset.name}`);
  requireSoundRecordings(dataset);
  requireApart(dataset);
  checkSize(dataset);
  checkStep(dataset, step);
  const header = toHeader(dataset, step);
  const { lost, seconds } = header.samples;
  const positions = encodePositions(dataset.samples.map(withoutGaps), step);
  return packParts({ header: encodeHeader(header), positions }, lost || seconds ? 2 : 1);
}

/** Reads an .anyset file; `source` is its name, for error messages. @throws InputError on anything else */
export function decodeAnyset(file: Uint8Array, source: string): Dataset {
  checkArguments('decodeAnyset', { file: [someBytes, file], source: [aText, source] });
  const parts = unpackParts(file, source);
  const header = decodeHeader(parts.header, source);
  const { step, layout: described, samples, dimensions, nothing, ...facts } = header;
  const layout = layoutOf(described, source);
  const shapes = samples.frames.map((frames) => ({ frames, persons: facts.persons, joints: layout.joints.length }));
  const bytes = shapes.reduce((sum, { frames, persons, joints }) => sum + frames * persons * joints * 3 * 2, 0);
  if (parts.positions.length !== bytes)
    throw damaged(source, 'positions', `${bytes} bytes`, `${parts.positions.length}`);
  const positions = decodePositions(parts.positions, shapes, step);
  if (!positions.every(areFinite)) throw damaged(source, 'step', 'finite positions', 'infinite ones');
  const read = shapes.map((shape, i) => {
    const sample = { ...sampleFacts(samples, i), ...shape, positions: positions[i] };
    restoreGaps(sample, samples.lost?.[i] ?? [], source);
    const seconds = restoreTimes(samples.seconds?.[i] ?? null, sample, source);
    return seconds === undefined ? sample : { ...sample, seconds };
  });
  return { ...facts, ...definedOf({ dimensions, nothing }), layout, samples: read };
}

/** A layout that is not built in is written into the file; one of the same name that is known must be the same. */
function layoutOf(described: AnysetHeader['layout'], source: string): Layout {
  if (typeof described === 'string') return layoutNamed(described, source);
  checkLayout(described, source);
  return layouts.find(({ name }) => name === described.name) ?? described;
}

/** The keys that have a value. */
function definedOf<T extends object>(facts: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

/** @throws InputError on more positions than any reader takes */
function checkSize({ name, samples }: Dataset): void {
  const bytes = samples.reduce((sum, { positions }) => sum + 2 * positions.length, 0);
  if (bytes <= MAX_POSITION_BYTES) return;
  throw new InputError({
    source: `data set ${name}`,
    expected: `at most ${MAX_POSITION_BYTES / 2} coordinates in one file`,
    found: String(bytes / 2),
    mend: 'Split the data set into several files.',
  });
}

/** @throws InputError on a step that positions are too many of for 16 bits, or that is no size */
function checkStep(dataset: Dataset, step: number): void {
  const least = smallestStep(dataset);
  if (step >= least && step < Infinity) return;
  throw new InputError({
    source: `data set ${dataset.name}`,
    place: 'step',
    expected: `at least ${least}, since positions are stored in 16 bits`,
    found: String(step),
    mend: 'Choose a larger step, or none: a fitting one is found.',
  });
}

function toHeader(dataset: Dataset, step: number): AnysetHeader {
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
      ...definedOf({ lost: gapsOfAll(samples), seconds: timesOfAll(samples) }),
    },
    splits: splits.map((split) => ({ ...split, train: [...split.train], test: [...split.test] })),
    skipped: [...dataset.skipped],
    ...definedOf({
      dimensions: dataset.dimensions === 2 ? (2 as const) : undefined,
      nothing: dataset.nothing?.length ? [...dataset.nothing] : undefined,
    }),
  };
}

type SampleFacts = Required<Pick<Sample, 'id' | 'label' | 'subject' | 'recordedFrames'>>;

function sampleFacts(samples: AnysetHeader['samples'], i: number): SampleFacts {
  return {
    id: samples.id[i],
    label: samples.label[i],
    subject: samples.subject[i],
    recordedFrames: samples.recordedFrames[i],
  };
}
