import { packBits, type Standardisation } from '../code/program.js';
import { CLAMP } from './integers.js';
import { type Constant, constant } from './text.js';

/** C text of standardisation in whole numbers, x = (number · scale >> 16) − mean. */
export interface StandardisationText {
  /** Bits after the point of the numbers that are standardised. */
  readonly bits: number;
  readonly tables: readonly Constant[];
}

/** Of features in their order. */
export function wholeStandardisation(standardisation: Standardisation, featureBits: number): StandardisationText {
  return textOf(standardisation, featureBits, [featuresOf(standardisation).filter((feature) => feature !== undefined)]);
}

/**
 * Of features node by node, in the order in which they are written.
 * @param tracks the channels of each track of a node, in that order
 * @param zeros 1 for each feature that is always zero before it is standardised
 * @param roundMean from a mean in eighths of a deviation to what is told of it
 */
export function standardisationByNode(
  standardisation: Standardisation,
  featureBits: number,
  tracks: readonly (readonly number[])[],
  zeros: Uint8Array,
  roundMean: (mean: number) => number,
): StandardisationText {
  const order = tracks.flat();
  const nodes = nodesOf(standardisation, order);
  const liveTracks = nodes.flatMap((node) => {
    let at = 0;
    return tracks.map(({ length }) => {
      at += length;
      return node.slice(at - length, at).some((feature) => feature) ? 1 : 0;
    });
  });
  const other = (i: number, at: number) => (zeros[i * order.length + order[at]] ? undefined : ('unread' as const));
  const { bits, tables } = textOf(
    standardisation,
    featureBits,
    nodes.map((node, i) =>
      node.map((feature, at) => (feature ? { ...feature, mean: roundMean(feature.mean) } : other(i, at))),
    ),
  );
  return {
    bits,
    tables: [constant('uint8_t', 'live_tracks', packBits(Uint8Array.from(liveTracks))), ...tables],
  };
}

/** Bits that scales have more than features and numbers of a node. */
const SCALE_BITS = 16;

/** @param nodes what is standardised of each, in that order */
function textOf(
  standardisation: Standardisation,
  featureBits: number,
  nodes: readonly (readonly Standardised[])[],
): StandardisationText {
  const bits = trackBits(standardisation);
  const scales = standardisation.inverseDeviations.map((inverse) =>
    Math.min(2 ** 31 - 1, Math.round(inverse * 2 ** (featureBits - bits + SCALE_BITS))),
  );
  return {
    bits,
    tables: [constant('int32_t', 'scales', scales), ...stepConstants(nodes)],
  };
}

/** Bits after the point of the numbers of a node: as many as those have that standardisation does not clamp. */
function trackBits({ inverseDeviations, inverses, means }: Standardisation): number {
  const reaches = means.map((mean, i) => (Math.abs(mean) / 8 + CLAMP) / inverseDeviations[inverses[i]]);
  const most = reaches.reduce((a, b) => Math.max(a, b), 2 ** -10);
  return Math.floor(14 - Math.log2(most));
}

/** Of a feature: its mean, and which of the inverse deviations it has. */
interface Feature {
  readonly mean: number;
  readonly inverse: number;
}

/** A feature; none where zero is to be left as it is; or one that nothing reads, whatever it becomes. */
type Standardised = Feature | 'unread' | undefined;

const MOST_MEAN = 2 ** 21;

/** All features; none where the network does not use it. */
function featuresOf({ used, means, inverses }: Standardisation): (Feature | undefined)[] {
  let next = 0;
  return Array.from(used, (isUsed) => {
    if (!isUsed) return undefined;
    const mean = Math.max(-MOST_MEAN, Math.min(MOST_MEAN, means[next]));
    return { mean, inverse: inverses[next++] };
  });
}

/** The features of each node in the order in which they are written. */
function nodesOf(standardisation: Standardisation, order: readonly number[]): (Feature | undefined)[][] {
  const features = featuresOf(standardisation);
  const count = features.length / order.length;
  return Array.from({ length: count }, (_, node) => order.map((channel) => features[node * order.length + channel]));
}

/** From the place of a feature's deviation, and from what is added for its mean, which is less than zero, to those of the next. */
type Way = readonly [inverse: number, offset: number];

/**
 * Of a byte: the highest bits say which of the common ways it is, all of them set for another, which is in the next bytes, all but
 * the lowest for features that are left out, which the next byte counts; the lowest bits count what is alike after it.
 */
const WAY_BITS = 6;
const OTHER = 2 ** WAY_BITS - 1;
const LEFT_OUT = OTHER - 1;
const ALIKE = 2 ** (8 - WAY_BITS);

/** Every feature as its way from the one before, the first from zeros. */
function stepConstants(nodes: readonly (readonly Standardised[])[]): Constant[] {
  const steps = stepsOf(nodes);
  const common = commonWays(steps.flatMap(({ way }) => (way ? [way] : [])));
  const codeOf = new Map(common.map((way, code) => [String(way), code]));
  const codes = steps.flatMap(({ way, alike }) => {
    if (!way) return leftOut(alike + 1);
    const code = codeOf.get(String(way));
    const first = (code ?? OTHER) * ALIKE + alike;
    return code === undefined ? [first, way[0] & 255, ...digitsOf(way[1])] : [first];
  });
  return [
    constant(
      'int16_t',
      'common_ways',
      common.map(([inverse, offset]) => 256 * offset + (inverse & 255)),
    ),
    constant('uint8_t', 'steps', codes),
  ];
}

function leftOut(count: number): number[] {
  const most = Math.min(count, 255);
  return [LEFT_OUT * ALIKE, most, ...(count > most ? leftOut(count - most) : [])];
}

/** A way, and how many features follow that are standardised alike; or no way, of features that are left out. */
interface Step {
  readonly way: Way | undefined;
  alike: number;
}

/** Steps of each node are its own; features that nothing reads are as those before them. */
function stepsOf(nodes: readonly (readonly Standardised[])[]): Step[] {
  const steps: Step[] = [];
  let before: Feature = { mean: 0, inverse: 0 };
  for (const node of nodes) {
    let last: Step | undefined;
    for (const feature of node) {
      const way = feature === 'unread' ? ALIKE_WAY : feature && wayBetween(before, feature);
      if (last && continues(last, feature, way)) {
        last.alike++;
      } else {
        last = { way, alike: 0 };
        steps.push(last);
      }
      if (typeof feature === 'object') before = feature;
    }
  }
  return steps;
}

const ALIKE_WAY: Way = [0, 0];

function wayBetween(before: Feature, { inverse, mean }: Feature): Way {
  return [inverse - before.inverse, before.mean - mean];
}

function continues(last: Step, feature: Standardised, way: Way | undefined): boolean {
  if (!last.way) return typeof feature !== 'object';
  return way !== undefined && last.alike < ALIKE - 1 && way[0] === 0 && way[1] === 0;
}

/** Those that fit into two bytes and occur more than once, which is what they cost, the most frequent first. */
function commonWays(ways: readonly Way[]): Way[] {
  const counts = new Map<string, { readonly way: Way; count: number }>();
  for (const way of ways) {
    const found = counts.get(String(way)) ?? { way, count: 0 };
    found.count++;
    counts.set(String(way), found);
  }
  return [...counts.values()]
    .filter(({ way: [, offset], count }) => count > 1 && offset >= -128 && offset < 128)
    .sort((a, b) => b.count - a.count)
    .slice(0, LEFT_OUT)
    .map(({ way }) => way);
}

/** Digits from -64 to 63 as numbers of 7 bits, the lowest first; the eighth bit says that another follows. */
function digitsOf(value: number): number[] {
  const digit = ((((value + 64) % 128) + 128) % 128) - 64;
  const rest = (value - digit) / 128;
  return rest === 0 ? [digit + 64] : [digit + 64 + 128, ...digitsOf(rest)];
}
