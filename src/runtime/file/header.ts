import { countWeights, type LayerPlan, operationsOf, planNetwork, productsOf, valuesOf } from '../network/plan.js';
import { type LayerSpec, layerKinds, type Product } from '../network/products.js';
import { LARGEST_RATE, nonzerosAt } from '../network/rate.js';
import { channelSteps } from '../skeleton/channels.js';
import { Pipeline, type Preprocessing } from '../skeleton/pipeline.js';
import { poseSteps } from '../skeleton/pose.js';
import type { Skeleton } from '../skeleton/sequence.js';
import { type Container, FormatError, parseHeader } from './container.js';
import {
  MOST_CLASSES,
  MOST_FRAMES,
  MOST_JOINTS,
  MOST_KNOTS,
  MOST_LAYERS,
  MOST_OPERATIONS,
  MOST_PERSONS,
  MOST_STEPS,
  MOST_TEMPERATURES,
  MOST_UNITS,
  MOST_VALUES,
  MOST_WEIGHTS,
} from './limits.js';
import { MAX_CODE } from './precision.js';
import type { NumberFormat } from './read.js';

/** The JSON header of a file; the rest of it is for the engine. */
export interface RuntimeHeader extends NumberFormat {
  readonly layout: Skeleton & { readonly name: string };
  readonly persons: number;
  readonly classes: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly layers: readonly LayerSpec[];
  /** s of each weight tensor. */
  readonly scales: readonly number[];
  /** Of the softmax, at the knots of a curve over the rate. */
  readonly temperatures?: readonly number[];
  readonly provenance?: { readonly accuracy?: readonly StatedAccuracy[] };
  readonly stream?: StreamContract | undefined;
}

/**
 * What a stream of frames should know of the recordings that trained a network; all of it is optional, and checked by the
 * Recognizer.
 */
export interface StreamContract {
  /** How long a movement takes: the window that is classified at once, in seconds. */
  readonly seconds?: number | undefined;
  /** Frames a second, where a stream has no time stamps. */
  readonly framesPerSecond?: number | undefined;
  /** What a mirror exchanges: the partner of each joint, and of each class where left and right are classes. */
  readonly mirror?:
    | { readonly joints: readonly number[]; readonly classes?: readonly number[] | undefined }
    | undefined;
  /** Share of the past in the scores, from one step to the next. */
  readonly smoothing?: number | undefined;
  /** Classes that mean nothing: background, rest. */
  readonly nothing?: readonly string[] | undefined;
  readonly rejection?: Rejection | undefined;
  /** How landmarks are smoothed: those of the training were. */
  readonly oneEuro?: OneEuro | undefined;
  /** When movements begin and end. */
  readonly spotting?: StatedSpotting | undefined;
}

/** Some of what `SpottingOptions` are; what is left out is as the Recognizer has it. */
export interface StatedSpotting {
  readonly enter?: number | undefined;
  readonly leave?: number | undefined;
  readonly shortest?: number | undefined;
  readonly longest?: number | undefined;
  readonly rest?: number | undefined;
  readonly lag?: number | undefined;
}

/** Cutoffs of the one-euro filter, in hertz: see anyrate/one-euro. */
export interface OneEuro {
  /** Of a joint that stands still: a lower one removes more trembling. */
  readonly minCutoff: number;
  /** What the cutoff rises by for each unit of length that a joint moves in a second: a higher one is less late. */
  readonly beta: number;
  /** Of the velocity. */
  readonly derivativeCutoff: number;
}

/** Which answers are too unsure to count: fitted on recordings that the network was not trained on. */
export interface Rejection {
  /**
   * Logarithms of the probabilities that a class usually gets, less their mean, [class][class]: an answer counts by how
   * alike it is to those of its class. Without them, by its probability.
   */
  readonly means?: readonly (readonly number[])[] | undefined;
  /** Shares of known movements that are refused, rising. */
  readonly refused: readonly number[];
  /** The likeness, or the probability, below which each share is refused, [knot][share]; knots over the rate, as the temperatures have them. */
  readonly thresholds: readonly (readonly number[])[];
  /** The share that a stream refuses unless it is told otherwise; without it, none by this rule. */
  readonly share?: number | undefined;
  /** False alarms a minute of background at each share; left out where there were no background recordings. */
  readonly alarms?: readonly number[] | undefined;
}

/** Accuracy that was measured when the network was made. */
export interface StatedAccuracy {
  /** Validation: of a network that was trained in the same way without these sequences. */
  readonly part: 'test' | 'validation';
  readonly split: string;
  readonly sequences: number;
  /** Pruning rates, and the share of right answers at each. */
  readonly rates: readonly number[];
  readonly accuracies: readonly number[];
}

/** A network as its header describes it. */
export interface OpenedNetwork {
  readonly header: RuntimeHeader;
  readonly pipeline: Pipeline;
  readonly plan: readonly LayerPlan[];
}

/** The magnitudes that float32 neither rounds to zero nor to infinity. */
const [LEAST_FLOAT, MOST_FLOAT] = [2 ** -149, 3.4028234e38];

/** Checks that a header describes a network that can be run; a file that anyrate wrote always does. */
export function openHeader(container: Container): OpenedNetwork {
  try {
    return resolve(parseHeader(container) as RuntimeHeader);
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError('header', 'a network', error);
  }
}

/** Everything is checked before anything is made of it. */
function resolve(header: RuntimeHeader): OpenedNetwork {
  const { layout, persons, classes, preprocessing, layers } = header;
  check('persons', 1, MOST_PERSONS, persons);
  check('classes', 1, MOST_CLASSES, classes.length);
  checkSkeleton(layout);
  need([layout.name, ...layout.joints, ...classes].every(isText), 'names', 'texts', 'others');
  checkPreprocessing(preprocessing, layout.joints);
  checkLayers(layers);
  const pipeline = new Pipeline(preprocessing, layout, persons);
  const { frames, nodes, channels, input } = pipeline;
  const plan = planNetwork(layers, input, classes.length);
  const products = productsOf(plan);
  check('values', 1, MOST_VALUES, input.nodes * channels + valuesOf(plan));
  check('weights', 1, MOST_WEIGHTS, countWeights(products));
  check(
    'members',
    1,
    MOST_VALUES,
    ...products.flatMap(({ rows, columns, groups }) => [columns, groups, rows / groups]),
  );
  check(
    'operations',
    1,
    MOST_OPERATIONS,
    frames * nodes * (channels + 3 * preprocessing.pose.length) + operationsOf(products),
  );
  checkNumberFormat(header, products);
  header.provenance?.accuracy?.forEach(checkAccuracy);
  return { header, pipeline, plan };
}

function checkSkeleton({ joints, bones, anchors }: RuntimeHeader['layout']): void {
  const roles = [anchors.root, anchors.top, anchors.left, anchors.right];
  check('joints', 1, MOST_JOINTS, joints.length);
  check('anchors', 1, joints.length, ...roles.map(({ length }) => length));
  check('layout', 0, joints.length - 1, ...roles.flat(), ...bones.flat());
}

function checkPreprocessing({ pose, channels, dimensions = 3 }: Preprocessing, joints: readonly string[]): void {
  check('steps', 1, MOST_STEPS, pose.length, channels.length);
  check('dimensions', 2, 3, dimensions);
  for (const step of pose) {
    checkWords('pose', Object.keys(poseSteps), step.step);
    if (step.step === 'resample') check('frames', 2, MOST_FRAMES, step.frames);
    if (step.step === 'body-frame') checkWords('up', ['spine', 'x', 'y', 'z'], step.up);
    if (step.step === 'heading') checkWords('up', ['x', 'y', 'z'], step.up);
    if (step.step === 'center') {
      checkWords('persons', ['each', 'all'], step.persons);
      checkWords('scale', ['none', 'spine'], step.scale);
    } else step.step satisfies 'order-persons' | 'resample' | 'body-frame' | 'heading';
  }
  for (const step of channels) {
    checkWords('channels', Object.keys(channelSteps), step.step);
    if (!channelSteps[step.step][2]) check('chunks', 1, MOST_FRAMES, (step as { chunks: number }).chunks);
    if ('joints' in step) checkWords('joints', joints, ...step.joints);
  }
}

function checkLayers(layers: readonly LayerSpec[]): void {
  check('layers', 0, MOST_LAYERS, layers.length);
  for (const layer of layers) {
    checkWords('kind', Object.keys(layerKinds), layer.kind);
    checkWords('activation', ['relu', 'none'], layer.activation);
    if (layer.kind === 'graph-convolution') checkWords('combine', ['sum', 'concatenate'], layer.combine);
    if (layer.kind === 'graph-convolution') check('layers', 1, MOST_UNITS, layer.heads, layer.filters);
    if (layer.kind === 'dense') check('layers', 1, MOST_UNITS, layer.units);
  }
}

function checkNumberFormat(
  { rate = 0, nonzeros, knots, temperatures = [1], scales, step, precision }: RuntimeHeader,
  products: readonly Product[],
): void {
  need(isNumber(rate, 0, LARGEST_RATE), 'rate', '0 up to 1', rate);
  check('nonzeros', 0, nonzerosAt(countWeights(products), rate), nonzeros);
  check('knots', 1, MOST_KNOTS, knots);
  check('temperatures', 1, MOST_TEMPERATURES, temperatures.length);
  check('scales', products.length, products.length, scales.length);
  checkWords('precision', Object.keys(MAX_CODE), precision);
  for (const value of [step, step * MAX_CODE.int8, ...scales, ...temperatures]) {
    need(isNumber(value, LEAST_FLOAT, MOST_FLOAT), 'scales', 'float32s', value);
  }
}

function checkAccuracy({ part, split, sequences, rates, accuracies }: StatedAccuracy): void {
  const shares = [...rates, ...accuracies];
  const isStated =
    isText(part) && isText(split) && isNumber(sequences, 0, Infinity) && rates.length === accuracies.length;
  need(isStated && shares.every((share) => isNumber(share, 0, 1)), 'accuracy', '0 to 1', shares);
}

/** The values may be any of the words, so that the compiler refuses a list that lacks one of their type. */
function checkWords<const Words extends readonly string[]>(
  place: string,
  words: Words,
  ...values: readonly Words[number][]
): void {
  for (const value of values) need(words.includes(value), place, words.join(' or '), value);
}

export function check(place: string, least: number, most: number, ...values: readonly number[]): void {
  for (const value of values) {
    need(isNumber(value, least, most) && value % 1 === 0, place, `${least} to ${most}`, value);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

export function need(isValid: boolean, place: string, expected: string, found: unknown): void {
  if (!isValid) throw new FormatError(`header, ${place}`, expected, found);
}
