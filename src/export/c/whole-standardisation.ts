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
  return textOf(standardisation, featureBits, [featuresOf(standardisation).filter((feature) => feature !== undefined)]);
}

/**
 * Of features node by node, in the order in which they are written.
 * @param tracks the channels of each track of a node, in that order
 */
export function standardisationByNode(
  standardisation: Standardisation,
  featureBits: number,
  tracks: readonly (readonly number[])[],
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
  const stepped = nodes.map((node) => node.filter((feature) => feature !== undefined));
  const { bits, tables } = textOf(standardisation, featureBits, stepped);
  return {
    bits,
    tables: [
      constant('uint8_t', 'live_tracks', packBits(Uint8Array.from(liveTracks))),
      constant('uint8_t', 'used', used),
      ...tables,
    ],
  };
}

/** @param nodes features that are standardised one after the other, each told by its way from the one before */
function textOf(
  standardisation: Standardisation,
  featureBits: number,
  nodes: readonly (readonly Feature[])[],
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
      constant('uint8_t', 'steps', stepsOf(nodes)),
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

/** Every number as its way from the one before in its node, the first from 0. */
function stepsOf(nodes: readonly (readonly Feature[])[]): number[] {
  return nodes.flatMap((node) => {
    let before: Feature = { mean: 0, inverse: 0 };
    return node.flatMap((feature) => {
      const codes = codesOf(feature.inverse - before.inverse, feature.mean - before.mean);
      before = feature;
      return codes;
    });
  });
}

/** Ways of the deviation that a code tells together with that of the mean. */
const NEAR_WAYS = [-2, -1, 1, 2];

/**
 * Codes of a byte. Below 64: the mean's way + 32, which ends a feature. Below 96: 80 and five bits of the mean's way, of any
 * number of codes the lowest first, from the sixth bit on; then comes another kind. Below 128: the deviation's way + 112.
 * Else: one of the near ways, and in the lowest five bits the mean's way + 16, which ends a feature.
 */
function codesOf(way: number, step: number): number[] {
  const near = NEAR_WAYS.indexOf(way);
  const half = near >= 0 ? 16 : 32;
  if (way !== 0 && near < 0) {
    const part = Math.max(-16, Math.min(15, way));
    return [112 + part, ...codesOf(way - part, step)];
  }
  const last = ((((step + half) % (2 * half)) + 2 * half) % (2 * half)) - half;
  const far = (step - last) / 32;
  const end = near >= 0 ? 128 + 32 * near + last + half : last + half;
  return near >= 0 || far === 0 ? [...farCodes(far), end] : [...farCodes(far), 112, end];
}

/** Digits from -16 to 15. */
function farCodes(value: number): number[] {
  if (value === 0) return [];
  const digit = ((((value + 16) % 32) + 32) % 32) - 16;
  return [80 + digit, ...farCodes((value - digit) / 32)];
}
