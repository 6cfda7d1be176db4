import { countWeights, type LayerPlan, planNetwork, productsOf } from '../network/plan.js';
import type { LayerSpec } from '../network/products.js';
import { nonzerosAt } from '../network/rate.js';
import { channelSteps } from '../skeleton/channels.js';
import { Pipeline, type Preprocessing } from '../skeleton/pipeline.js';
import { poseSteps } from '../skeleton/pose.js';
import type { Skeleton } from '../skeleton/sequence.js';
import { FormatError } from './container.js';
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

/** What a stream of frames should know of the recordings that trained a network; all of it is optional. */
export interface StreamContract {
  /** How long a movement takes: the window that is classified at once, in seconds. */
  readonly seconds?: number | undefined;
  /** Frames a second, where a stream has no time stamps. */
  readonly framesPerSecond?: number | undefined;
  /** What a mirror exchanges: the partner of each joint, and of each class where left and right are classes. */
  readonly mirror?:
    | { readonly joints: readonly number[]; readonly classes?: readonly number[] | undefined }
    | undefined;
  /** Classes that mean nothing: background, rest. */
  readonly nothing?: readonly string[] | undefined;
  readonly rejection?: Rejection | undefined;
}

/** Which answers are too unsure to count: fitted on recordings that the network was not trained on. */
export interface Rejection {
  /** What a threshold is compared with: the probability of the most probable class that means something. */
  readonly score: 'probability';
  /** Shares of known movements that are refused, rising. */
  readonly refused: readonly number[];
  /** The score below which each share is refused, [knot][share]; knots over the rate, as the temperatures have them. */
  readonly thresholds: readonly (readonly number[])[];
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

/** No larger network is read, whatever a file claims. */
export const MAX_WEIGHTS = 1 << 26;
const MAX_FEATURES = 1 << 20;
/** Of all layers, for one sequence. */
const MAX_VALUES = 1 << 24;
const MAX_FRAMES = 1024;
/** Of a stream's window, and of its frames a second. */
export const MAX_SECONDS = 3600;
export const MAX_RATE = 10000;
/** Of known movements refused, for which a file has thresholds. */
export const MAX_SHARES = 64;

/** Checks that a header describes a network that can be run; a file that anyrate wrote always does. */
export function openHeader(json: unknown): OpenedNetwork {
  try {
    return resolve(json as RuntimeHeader);
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError('header', 'a network', error);
  }
}

function resolve(header: RuntimeHeader): OpenedNetwork {
  const { layout, persons, classes, preprocessing, layers, scales, rate = 0, temperatures = [1], stream = {} } = header;
  const { root, top, left, right } = layout.anchors;
  const joints = layout.joints.length;
  const anchors = [root, top, left, right];
  check('persons', 1, 16, persons);
  check('anchors', 1, joints, ...anchors.map(({ length }) => length));
  check('layout', 0, joints - 1, ...anchors.flat(), ...layout.bones.flat());
  checkPreprocessing(preprocessing, layout.joints);
  const pipeline = new Pipeline(preprocessing, layout, persons);
  const { nodes, channels, frames } = pipeline;
  check('frames', 2, MAX_FRAMES, frames);
  check('features', 1, MAX_FEATURES, nodes * channels);
  for (const layer of layers) {
    checkWords('kind', ['dense', 'graph-convolution'], layer.kind);
    checkWords('activation', ['relu', 'none'], layer.activation);
    if (layer.kind !== 'dense') checkWords('combine', ['sum', 'concatenate'], layer.combine);
  }
  const sizes = layers.flatMap((layer) => (layer.kind === 'dense' ? [layer.units] : [layer.heads, layer.filters]));
  check('layers', 1, 65536, ...sizes);
  const plan = planNetwork(layers, { nodes, channels }, classes.length);
  const values = plan.reduce((sum, { output, scratchRows }) => sum + output.nodes * output.channels + scratchRows, 0);
  check('values', 1, MAX_VALUES, values);
  const products = productsOf(plan);
  const weights = countWeights(products);
  check('weights', 1, MAX_WEIGHTS, weights);
  check('members', 1, MAX_VALUES, ...products.flatMap(({ rows, columns, groups }) => [columns, groups, rows / groups]));
  if (!(rate >= 0 && rate < 1)) throw new FormatError('header, rate', '0 up to 1', rate);
  check('nonzeros', 0, nonzerosAt(weights, rate), header.nonzeros);
  check('knots', 1, 64, header.knots);
  check('temperatures', 1, 64, temperatures.length);
  check('scales', products.length, products.length, scales.length);
  const factors = [header.step, ...scales, ...temperatures].map(Math.fround);
  if (!classes.every((name) => typeof name === 'string') || !factors.every((value) => value > 0 && value < Infinity)) {
    throw new FormatError('header', 'class names, scales and temperatures above 0', 'others');
  }
  checkWords('precision', Object.keys(MAX_CODE), header.precision);
  checkStream(stream, joints, classes);
  return { header, pipeline, plan };
}

function checkStream(
  { seconds = 1, framesPerSecond = 1, mirror, nothing = [], rejection }: StreamContract,
  joints: number,
  classes: readonly string[],
): void {
  if (!(seconds > 0 && seconds <= MAX_SECONDS && framesPerSecond > 0 && framesPerSecond <= MAX_RATE)) {
    throw new FormatError('header, stream', 'seconds and frames a second above 0', [seconds, framesPerSecond]);
  }
  for (const [partners, count] of [
    [mirror?.joints, joints],
    [mirror?.classes, classes.length],
  ] as const) {
    if (!partners) continue;
    check('mirror', count, count, partners.length);
    check('mirror', 0, count - 1, ...partners);
  }
  checkWords('nothing', classes, ...nothing);
  if (rejection) checkRejection(rejection);
}

function checkRejection({ score, refused, thresholds, alarms = refused }: Rejection): void {
  const shares = refused.length;
  checkWords('rejection', ['probability'], score);
  check('rejection', 1, MAX_SHARES, shares, thresholds.length);
  check('rejection', shares, shares, alarms.length, ...thresholds.map(({ length }) => length));
  if (![refused, alarms, ...thresholds].flat().every((value) => value >= 0)) {
    throw new FormatError('header, rejection', 'numbers from 0', 'others');
  }
}

function checkPreprocessing({ pose, channels }: Preprocessing, joints: readonly string[]): void {
  for (const step of pose) {
    checkWords('pose', Object.keys(poseSteps), step.step);
    if (step.step === 'body-frame') checkWords('up', ['spine', 'x', 'y', 'z'], step.up);
    if (step.step === 'heading') checkWords('up', ['x', 'y', 'z'], step.up);
    if (step.step === 'center') {
      checkWords('persons', ['each', 'all'], step.persons);
      checkWords('scale', ['none', 'spine'], step.scale);
    } else step.step satisfies 'order-persons' | 'resample' | 'body-frame' | 'heading';
  }
  for (const step of channels) {
    checkWords('channels', Object.keys(channelSteps), step.step);
    if ('chunks' in step) check('chunks', 1, MAX_FRAMES, step.chunks);
    if ('joints' in step) checkWords('joints', joints, ...step.joints);
  }
}

/** The values may be any of the words, so that the compiler refuses a list that lacks one of their type. */
function checkWords<const Words extends readonly string[]>(
  place: string,
  words: Words,
  ...values: readonly Words[number][]
): void {
  for (const value of values) {
    if (!words.includes(value)) throw new FormatError(`header, ${place}`, words.join(' or '), value);
  }
}

function check(place: string, least: number, most: number, ...values: readonly number[]): void {
  for (const value of values) {
    const isValid = Number.isInteger(value) && value >= least && value <= most;
    if (!isValid) throw new FormatError(`header, ${place}`, `${least} to ${most}`, value);
  }
}
