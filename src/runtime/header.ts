import { MAX_CODE } from './file/precision.js';
import type { NumberFormat } from './file/read.js';
import { FormatError } from './format-error.js';
import { Pipeline, type Preprocessing } from './pipeline.js';
import { countWeights, type LayerPlan, planNetwork, productsOf } from './plan.js';
import type { LayerSpec } from './products.js';
import type { Skeleton } from './skeleton.js';
import { channelSteps } from './steps/channels.js';
import { poseSteps } from './steps/pose.js';

/** The JSON header of a file; the rest of it is for the engine. */
export interface Header extends NumberFormat {
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
export interface OpenedHeader {
  readonly header: Header;
  readonly pipeline: Pipeline;
  readonly plan: readonly LayerPlan[];
}

/** No larger network is read, whatever a file claims. */
export const MAX_WEIGHTS = 1 << 26;
const MAX_FEATURES = 1 << 20;

/** Checks that a header describes a network that can be run; a file that anyrate wrote always does. */
export function openHeader(json: unknown): OpenedHeader {
  try {
    return resolve(json as Header);
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError('header', 'a network', error);
  }
}

function resolve(header: Header): OpenedHeader {
  const {
    layout,
    persons,
    classes,
    layers,
    scales,
    knots,
    step,
    rate = 0,
    nonzeros,
    precision,
    temperatures = [1],
  } = header;
  check('persons', persons, 1, 16);
  check('knots', knots, 1, 64);
  checkSkeleton(layout);
  checkSteps('pose', header.preprocessing.pose, poseSteps);
  checkSteps('channel', header.preprocessing.channels, channelSteps);
  const pipeline = new Pipeline(header.preprocessing, layout, persons);
  check('frames', pipeline.frames, 2, 1024);
  check('features', pipeline.nodes * pipeline.channels, 1, MAX_FEATURES);
  for (const layer of layers) {
    const sizes = layer.kind === 'dense' ? [layer.units] : [layer.heads, layer.filters];
    for (const size of sizes) check('layers', size, 1, 65536);
  }
  const plan = planNetwork(layers, { nodes: pipeline.nodes, channels: pipeline.channels }, classes.length);
  for (const { output, scratchRows } of plan) {
    check('layers', output.nodes * output.channels, 1, MAX_WEIGHTS);
    check('layers', scratchRows, 0, MAX_WEIGHTS);
  }
  const weights = countWeights(productsOf(plan));
  check('weights', weights, 1, MAX_WEIGHTS);
  check('nonzeros', nonzeros, 0, weights);
  check('scales', scales.length, productsOf(plan).length, productsOf(plan).length);
  const numbers = [step, temperatures.length, ...scales, ...temperatures];
  const positive = numbers.every((number) => Number.isFinite(number) && number > 0);
  const valid = Object.hasOwn(MAX_CODE, precision) && positive && rate >= 0 && rate < 1;
  if (!valid) throw new FormatError('header', 'positive numbers, a rate below 1, a known precision', 'others');
  return { header, pipeline, plan };
}

function checkSteps(kind: string, steps: readonly { readonly step: string }[], known: object): void {
  for (const { step } of steps) {
    if (!Object.hasOwn(known, step)) throw new FormatError('header, preprocessing', `a known ${kind} step`, step);
  }
}

function checkSkeleton({ joints, bones, anchors }: Skeleton): void {
  const indices = [...bones.flat(), ...Object.values(anchors).flat()];
  for (const index of indices) check('layout', index, 0, joints.length - 1);
  for (const name of ['root', 'top', 'left', 'right'] as const)
    check('anchors', anchors[name].length, 1, joints.length);
}

function check(place: string, value: number, least: number, most: number): void {
  const valid = Number.isInteger(value) && value >= least && value <= most;
  if (!valid) throw new FormatError(`header, ${place}`, `${least} to ${most}`, value);
}
