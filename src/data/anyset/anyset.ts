import { aDataset, aNumber, aText, checkArguments, someBytes } from '../../core/arguments.js';
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { areFinite } from '../../runtime/skeleton/lost.js';
import { checkLayout } from '../../skeleton/layouts/layouts.js';
import { requireApart, requireSoundRecordings } from '../check/check-dataset.js';
import type { Dataset } from '../dataset.js';
import { MAX_POSITION_BYTES, packParts, unpackParts } from './container.js';
import { definedOf, layoutOf, sampleFacts, toHeader } from './facts.js';
import { decodeHeader, encodeHeader } from './header.js';
import { gapsOfAll, restoreGaps, withoutGaps } from './lost.js';
import { isPacked, openPacked, packedParts } from './packed.js';
import { decodePositions, encodePositions } from './positions.js';
import { smallestStep } from './step.js';
import { restoreTimes } from './times.js';

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
  const header = toHeader(dataset, step, gapsOfAll(dataset.samples));
  const { lost, seconds } = header.samples;
  const positions = encodePositions(dataset.samples.map(withoutGaps), step);
  return packParts({ header: encodeHeader(header), positions }, lost || seconds ? 2 : 1);
}

/**
 * Packs a data set of any size, piece by piece; `decodeAnyset` reads it as well.
 * @param step the largest step that positions are rounded to; by default a 5,000th of a skeleton
 * @throws InputError as `encodeAnyset` does: of a recording when its turn comes, of all else before the first piece
 */
export function packAnyset(dataset: Dataset, step?: number): Generator<Uint8Array> {
  checkArguments('packAnyset', { dataset: [aDataset, dataset] });
  if (step !== undefined) checkArguments('packAnyset', { step: [aNumber, step] });
  checkLayout(dataset.layout, `data set ${dataset.name}`);
  requireApart(dataset);
  return packedParts(dataset, step);
}

/** Reads an .anyset file; `source` is its name, for error messages. @throws InputError on anything else */
export function decodeAnyset(file: Uint8Array, source: string): Dataset {
  checkArguments('decodeAnyset', { file: [someBytes, file], source: [aText, source] });
  if (isPacked(file)) {
    return openPacked({ bytes: file.length, read: (start, end) => file.subarray(start, end) }, source);
  }
  const parts = unpackParts(file, source);
  const header = decodeHeader(parts.header, source);
  const { step, layout: described, samples, dimensions, nothing, performers, ...facts } = header;
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
  return { ...facts, ...definedOf({ dimensions, nothing, performers }), layout, samples: read };
}

/** Coordinates of all recordings. */
function coordinatesOf({ samples }: Dataset): number {
  return samples.reduce((sum, { frames, persons, joints }) => sum + frames * persons * joints * 3, 0);
}

/** Whether a data set has more positions than `encodeAnyset` takes: then `packAnyset` does. */
export function isForPacking(dataset: Dataset): boolean {
  return 2 * coordinatesOf(dataset) > MAX_POSITION_BYTES;
}

/** @throws InputError on more positions than any reader takes */
function checkSize(dataset: Dataset): void {
  if (!isForPacking(dataset)) return;
  throw new InputError({
    source: `data set ${dataset.name}`,
    expected: `at most ${MAX_POSITION_BYTES / 2} coordinates in one file`,
    found: String(coordinatesOf(dataset)),
    mend: 'Pack it: packAnyset.',
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
