import { packBits, type Standardisation } from '../code/program.js';
import { CLAMP } from './integers.js';
import { type Constant, constant } from './text.js';

/** C text of standardisation in whole numbers, x = (number · factor >> shift) − mean. */
export interface StandardisationText {
  /** Bits after the point of the numbers that are standardised. */
  readonly bits: number;
  readonly tables: readonly Constant[];
}

/** Of features in their order. */
export function wholeStandardisation(standardisation: Standardisation, featureBits: number): StandardisationText {
  return textOf(
    standardisation,
    featureBits,
    featuresOf(standardisation).filter((feature) => feature !== undefined),
  );
}

/**
 * Of features node by node, in the order in which they are written.
 * @param tracks the channels of each track of a node, in that order
 * @param roundMean from a mean in eighths of a deviation to what is told of it
 */
export function standardisationByNode(
  standardisation: Standardisation,
  featureBits: number,
  tracks: readonly (readonly number[])[],
  roundMean: (mean: number) => number,
): StandardisationText {
  const nodes = nodesOf(standardisation, tracks.flat());
  const liveTracks = nodes.flatMap((node) => {
    let at = 0;
    return tracks.map(({ length }) => {
      at += length;
      return node.slice(at - length, at).some((feature) => feature) ? 1 : 0;
    });
  });
  const used = nodes.flatMap((node) => packBits(Uint8Array.from(node, (feature) => (feature ? 1 : 0))));
  const features = nodes.flat().filter((feature) => feature !== undefined);
  const { bits, tables } = textOf(
    standardisation,
    featureBits,
    features.map(({ mean, inverse }) => ({ mean: roundMean(mean), inverse })),
  );
  return {
    bits,
    tables: [
      constant('uint8_t', 'live_tracks', packBits(Uint8Array.from(liveTracks))),
      constant('uint8_t', 'used', used),
      ...tables,
    ],
  };
}

/** @param features in the order in which they are standardised */
function textOf(
  standardisation: Standardisation,
  featureBits: number,
  features: readonly Feature[],
): StandardisationText {
  const bits = trackBits(standardisation);
  const shifts = standardisation.inverseDeviations.map((inverse) => {
    const halvings = Math.floor(Math.log2(inverse)) - 1;
    const shift = Math.max(-31, Math.min(14, halvings + featureBits - bits));
    return { factor: (inverse / 2 ** halvings) * 2 ** Math.max(0, shift), shift: Math.max(0, -shift) };
  });
  return {
    bits,
    tables: [
      constant(
        'uint16_t',
        'factors',
        shifts.map(({ factor }) => factor),
      ),
      constant(
        'uint8_t',
        'shifts',
        shifts.map(({ shift }) => shift),
      ),
      ...stepConstants(features),
    ],
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

/** From the mean of a feature and the place of its deviation to those of the next. */
type Way = readonly [inverse: number, mean: number];

/** Of a byte: bits that say which of the common ways it is, all of them set for none; the others count what is alike after it. */
const WAY_BITS = 6;
const OTHER = 2 ** WAY_BITS - 1;
const MOST_ALIKE = 2 ** (8 - WAY_BITS) - 1;

/** Every feature as its way from the one before, the first from zeros. */
function stepConstants(features: readonly Feature[]): Constant[] {
  const steps = stepsOf(features);
  const common = commonWays(steps.map(({ way }) => way));
  const codeOf = new Map(common.map((way, code) => [String(way), code]));
  const codes = steps.flatMap(({ way, alike }) => {
    const code = codeOf.get(String(way));
    const first = (code ?? OTHER) + 2 ** WAY_BITS * alike;
    return code === undefined ? [first, way[0] & 255, ...digitsOf(way[1])] : [first];
  });
  return [
    constant(
      'int8_t',
      'inverse_ways',
      common.map(([inverse]) => inverse),
    ),
    constant(
      'int8_t',
      'mean_ways',
      common.map(([, mean]) => mean),
    ),
    constant('uint8_t', 'steps', codes),
  ];
}

/** A way, and how many features follow that are standardised alike. */
interface Step {
  readonly way: Way;
  alike: number;
}

function stepsOf(features: readonly Feature[]): Step[] {
  const steps: Step[] = [];
  let before: Feature = { mean: 0, inverse: 0 };
  for (const feature of features) {
    const way: Way = [feature.inverse - before.inverse, feature.mean - before.mean];
    const last = steps[steps.length - 1];
    if (last && last.alike < MOST_ALIKE && way[0] === 0 && way[1] === 0) last.alike++;
    else steps.push({ way, alike: 0 });
    before = feature;
  }
  return steps;
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
    .filter(({ way: [, mean], count }) => count > 1 && mean >= -128 && mean < 128)
    .sort((a, b) => b.count - a.count)
    .slice(0, OTHER)
    .map(({ way }) => way);
}

/** Digits from -64 to 63 as numbers of 7 bits, the lowest first; the eighth bit says that another follows. */
function digitsOf(value: number): number[] {
  const digit = ((((value + 64) % 128) + 128) % 128) - 64;
  const rest = (value - digit) / 128;
  return rest === 0 ? [digit + 64] : [digit + 64 + 128, ...digitsOf(rest)];
}
