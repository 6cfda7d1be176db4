/** A page with some recordings of each class of a data set, moving: what a person looks at before the first training. */

import { escapeHtml } from '../../core/format.js';
import { averageInTime } from '../../data/condense.js';
import type { Dataset, Sample } from '../../data/dataset.js';
import { fillLostJoints } from '../../runtime/skeleton/lost.js';
import { skeletonOf } from '../../skeleton/layouts/described.js';
import { parts } from './parts.js';

/** A recording in the page, as sheet/parts/main.ts reads it. */
export interface SheetRecording {
  readonly name: string;
  readonly class: string;
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  readonly positions: readonly number[];
}

/** Frames that are shown; longer recordings are averaged to so many. */
const MOST_FRAMES = 60;
/** Significant digits of coordinates. */
const DIGITS = 4;
/** Of recordings that do not tell. */
const FRAMES_PER_SECOND = 30;

/**
 * A page that needs no other file.
 * @param each recordings of a class, spread evenly over those that there are
 */
export function contactSheet(dataset: Dataset, each: number): string {
  const { name, title, layout, classes } = dataset;
  const recordings = classes.flatMap((_, label) =>
    spread(
      dataset.samples.filter((sample) => sample.label === label),
      each,
    ).map((one) => toSheet(one, dataset)),
  );
  const json = JSON.stringify({ skeleton: skeletonOf(layout), classes, recordings }).replaceAll('<', '\\u003c');
  const texts: Record<string, string> = {
    title: escapeHtml(`${name}: ${classes.length} classes`),
    about: escapeHtml(`${title}; ${dataset.samples.length} recordings, ${layout.name}. ${recordings.length} of them:`),
    style: parts['page.css'],
    script: parts['main.js'],
    recordings: json,
  };
  return parts['page.html'].replaceAll(/{{(\w+)}}/g, (_, key: string) => texts[key]);
}

function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)]);
}

function toSheet(sample: Sample, { layout, classes }: Dataset): SheetRecording {
  const short = averageInTime(fillLostJoints(sample, layout), MOST_FRAMES);
  const length = durationOf(sample);
  return {
    name: sample.id,
    class: classes[sample.label],
    framesPerSecond: short.frames / length,
    frames: short.frames,
    persons: short.persons,
    joints: short.joints,
    positions: Array.from(withoutNobody(short.positions), (value) => Number(value.toPrecision(DIGITS))),
  };
}

/** Seconds; at least a tenth. */
function durationOf({ frames, seconds, recordedFrames = frames }: Sample): number {
  const length = seconds === undefined ? 0 : seconds[frames - 1] - seconds[0];
  return Math.max(length > 0 ? length : recordedFrames / FRAMES_PER_SECOND, 0.1);
}

/** A person who is never seen is drawn as a point where somebody is. */
function withoutNobody(positions: Float32Array): Float32Array {
  const seen = positions.findIndex((value) => !Number.isNaN(value));
  const at = seen - (seen % 3);
  return positions.map((value, i) => (Number.isNaN(value) ? (seen < 0 ? 0 : positions[at + (i % 3)]) : value));
}
