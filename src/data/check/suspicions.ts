/** What is only suspicious: legal, but seldom meant. One finding of a kind, with the number of recordings and the first. */
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { Dataset, Sample } from '../dataset.js';
import type { Unit } from '../formats/recording.js';
import { FINDINGS, type Finding, type FindingKind, finding } from './finding.js';
import { rangesOf, type Traits, traitsOf } from './traits.js';

/** A limb is odd if it is so many times longer or shorter than in most recordings, body size apart. */
const ODD_LIMB = 2;
/** The same of the whole skeleton. */
const ODD_SIZE = 3;
/** Shorter limbs, as shares of the skeleton, vary with the tracker. */
const LEAST_LIMB = 0.08;
/** Jumps in a recording that are worth a look: a tracker makes a few. */
const MANY_JUMPS = 3;
/** Share of lost joints that is worth a look. */
const MUCH_LOST = 0.3;

const ODD_NAME = /(^|[^a-z])(tests?|trial|tmp|temp|copy|old|backup|bak|broken|bad|delete|kopie)([^a-z]|$)/i;

/** A recording with what it is like. */
interface Measured {
  readonly sample: Sample;
  readonly traits: Traits;
}

/** Suspicions about recordings of sound shape. */
export function suspicions(dataset: Dataset): Finding[] {
  const measured = dataset.samples.map((sample) => ({ sample, traits: traitsOf(sample, dataset) }));
  const collect = (kind: FindingKind, what: string, isOdd: (one: Measured) => string | undefined) =>
    collected(dataset, measured, kind, what, isOdd);
  const [typical, limbs] = typicalLengths(measured);
  const { joints, bones } = dataset.layout;
  return [
    ...depthSuspicions(dataset, measured),
    ...unitSuspicion(dataset, typical),
    ...collect('limbs', 'limbs of unusual length', ({ traits }) =>
      dataset.dimensions === 2 ? undefined : oddLimb(traits, typical, limbs, joints, bones),
    ),
    ...collect('jumps', 'jumps', ({ traits: { jumps, firstJump } }) =>
      jumps >= MANY_JUMPS ? `${jumps} of them, frame ${firstJump!.frame}, ${joints[firstJump!.joint]}` : undefined,
    ),
    ...collect('frozen', 'joints that never move', ({ traits: { frozen } }) =>
      frozen.length > 0 ? frozen.map((joint) => joints[joint]).join(', ') : undefined,
    ),
    ...collect('lost', 'many lost joints', ({ traits: { lost } }) =>
      lost > MUCH_LOST ? `${(lost * 100).toFixed(0)} %` : undefined,
    ),
    ...collect('name', 'unusual names', ({ sample: { id } }) => ODD_NAME.exec(id.replace(/^.*\//, ''))?.[2]),
  ];
}

function collected(
  { name, samples }: Dataset,
  measured: readonly Measured[],
  kind: FindingKind,
  what: string,
  oddity: (one: Measured) => string | undefined,
): Finding[] {
  const odd = measured.flatMap((one) => {
    const words = oddity(one);
    return words === undefined ? [] : [{ id: one.sample.id, words }];
  });
  if (odd.length === 0) return [];
  const [{ id, words }] = odd;
  const others = odd.slice(1, 4).map((one) => one.id);
  const more = odd.length === 1 ? '' : `; and in ${others.join(', ')}${odd.length > 4 ? ', …' : ''}`;
  const count = `in ${odd.length} of ${samples.length} recordings`;
  return [finding('warning', kind, { set: name, recording: id }, `${what} ${count}: ${words}${more}`)];
}

/** Median size of a skeleton, and of each bone in such sizes. */
function typicalLengths(measured: readonly Measured[]): [size: number, bones: number[]] {
  const sized = measured.filter(({ traits }) => traits.size > 0);
  const bones = sized[0]?.traits.bones.length ?? 0;
  return [
    middle(sized.map(({ traits }) => traits.size)),
    Array.from({ length: bones }, (_, b) => middle(sized.map(({ traits }) => traits.bones[b]))),
  ];
}

function middle(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function oddLimb(
  { bones, size }: Traits,
  typical: number,
  limbs: readonly number[],
  joints: readonly string[],
  ends: Dataset['layout']['bones'],
): string | undefined {
  const whole = middle(limbs.map((limb, b) => bones[b] / limb));
  if (Number.isFinite(whole) && (whole > ODD_SIZE || whole * ODD_SIZE < 1)) {
    return `the whole skeleton is ${short(whole)} times as large as in most recordings`;
  }
  const b = limbs.findIndex((limb, i) => {
    const ratio = bones[i] / (limb * whole);
    return limb > typical * LEAST_LIMB && size > 0 && (ratio > ODD_LIMB || ratio * ODD_LIMB < 1);
  });
  if (b < 0) return undefined;
  const [child, parent] = ends[b];
  return `${joints[parent]} to ${joints[child]}, ${short(bones[b] / limbs[b])} times as long as in most recordings`;
}

/** A third coordinate that is no depth: a confidence, or the same throughout. */
function depthSuspicions({ name, dimensions }: Dataset, measured: readonly Measured[]): Finding[] {
  const spans = [0, 1, 2].map((axis) => ({
    least: measured.reduce((least, { traits }) => Math.min(least, traits.least[axis]), Number.POSITIVE_INFINITY),
    most: measured.reduce((most, { traits }) => Math.max(most, traits.most[axis]), Number.NEGATIVE_INFINITY),
  }));
  const odd = oddDepth(spans);
  if (odd === undefined || (odd.kind === 'flat-depth' && dimensions === 2)) return [];
  return [finding('warning', odd.kind, { set: name }, odd.what)];
}

/** What is odd about the third coordinates of one sequence, and what to do; nothing where they may be depths. */
export function depthSuspicion({ positions }: SkeletonSequence): string | undefined {
  const { least, most } = rangesOf(positions);
  const odd = oddDepth(least.map((value, axis) => ({ least: value, most: most[axis] })));
  return odd && `${odd.what}. ${FINDINGS[odd.kind].mend}`;
}

function oddDepth([x, y, z]: readonly Span[]): { kind: 'confidence' | 'flat-depth'; what: string } | undefined {
  if (!Number.isFinite(z.most - z.least) || (z.least === 0 && z.most === 0)) return undefined;
  if (isConfidence(x, y, z)) {
    const what = `a third coordinate from ${short(z.least)} to ${short(z.most)}, where the others are in hundreds`;
    return { kind: 'confidence', what };
  }
  if (z.most > z.least) return undefined;
  return { kind: 'flat-depth', what: `a third coordinate that is ${short(z.least)} throughout` };
}

interface Span {
  readonly least: number;
  readonly most: number;
}

/** Coordinates in hundreds beside one that stays in 0 to 1. */
function isConfidence(x: Span, y: Span, z: Span): boolean {
  return z.least >= 0 && z.most <= 1 && x.most - x.least > 50 && y.most - y.least > 50;
}

const METRES: Partial<Record<Unit, number>> = { metre: 1, centimetre: 0.01, millimetre: 0.001, inch: 0.0254 };

/** Smallest hand and largest body, in metres. */
const PLAUSIBLE = { least: 0.03, most: 3.5 };

function unitSuspicion({ name, unit }: Dataset, size: number): Finding[] {
  const metres = METRES[unit];
  if (!(size > 0)) return [];
  if (metres === undefined) {
    if (unit !== 'image' || size < 20) return [];
    const what = `skeletons of ${short(size)} times the picture: these are pixels`;
    return [finding('warning', 'unit', { set: name }, what)];
  }
  if (size * metres >= PLAUSIBLE.least && size * metres <= PLAUSIBLE.most) return [];
  const what = `skeletons of ${short(size)} ${unit}s`;
  return [finding('warning', 'unit', { set: name }, what)];
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
