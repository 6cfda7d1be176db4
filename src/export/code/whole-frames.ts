import type { FrameCode } from './frame-code.js';
import { frameRanges } from './frame-ranges.js';
import type { WrittenStage } from './kept-frames.js';

/**
 * A network over time in whole numbers. A kept value is a number of 16 bits times a scale that all values of its stage share. A
 * link has a weight of 16 bits, the network's weight times the scale of what it reads: of a network whose weights have 8 bits, a
 * stage has few of them. Sums have 32 bits, which no values of 16 bits can overflow; what a sum loses on its way back to 16 bits
 * is chosen by values that are usual, and a window with greater ones is taken again with all of them halved.
 */
export interface WholeFrames {
  readonly stages: readonly WholeStage[];
  /** The distinct weights of each stage, one stage after the other. */
  readonly weights: readonly number[];
  /** Of each link: which of its stage's weights it has. */
  readonly codes: readonly number[];
  readonly biases: readonly number[];
  readonly poolBiases: readonly number[];
  readonly constantLogits: readonly number[];
  /** Bits that a feature has after the point, and that the sum over a window loses. */
  readonly featureBits: number;
  readonly poolShift: number;
  /** What a logit's unit is worth. */
  readonly logitScale: number;
}

/** Where a stage's weights begin, and how many bits its sums lose. */
export interface WholeStage {
  readonly weight: number;
  readonly shift: number;
}

const FEATURE_BITS = 12;
const MOST_VALUE = 2 ** 15 - 1;
const MOST_SUM = 2 ** 31 - 1;
/** Of a logit where none depends on the features. */
const CONSTANT_SCALE = 2 ** -12;

/** @param window frames of a clip */
export function wholeFrames(code: FrameCode, window: number): WholeFrames {
  const ranges = frameRanges(code, window);
  const scales = new Scales(code);
  const stages: WrittenInWhole[] = [];
  let weight = 0;
  let pool = { shift: 0, biases: [] as readonly number[] };
  for (const [i, stage] of code.stages.entries()) {
    const { scale, ...written } = inWhole(stage, weight, ranges.stages[i], scales);
    stages.push(written);
    weight += written.weights.length;
    const isPooled = i === code.numbers.STAGES;
    if (isPooled) pool = { shift: shiftOf(ranges.pool, scale), biases: inUnits(code.poolBiases, scale) };
    scales.set(stage, isPooled ? scale * 2 ** pool.shift : scale);
  }
  const answered = code.logitSources.find((source) => source >= 0);
  const logitScale = answered === undefined ? CONSTANT_SCALE : scales.at(answered);
  return {
    stages,
    weights: stages.flatMap(({ weights }) => weights),
    codes: stages.flatMap(({ codes }) => codes),
    biases: stages.flatMap(({ biases }) => biases),
    poolBiases: pool.biases,
    constantLogits: inUnits(code.constantLogits, logitScale),
    featureBits: FEATURE_BITS,
    poolShift: pool.shift,
    logitScale,
  };
}

type WrittenInWhole = WholeStage & Readonly<Record<'weights' | 'codes' | 'biases', readonly number[]>>;

/** A stage whose values are at most about `range`, and what a unit of them is worth. */
function inWhole(
  { rows, biases }: WrittenStage,
  weight: number,
  range: number,
  scales: Scales,
): WrittenInWhole & { readonly scale: number } {
  const effective = rows.map((row) => row.map((link) => link.weight * scales.at(link.source)));
  const unit = unitOf(effective, biases);
  const links = inUnits(effective.flat(), unit);
  const weights = [...new Set(links)].sort((a, b) => a - b);
  const shift = shiftOf(range, unit);
  const codes = links.map((value) => weights.indexOf(value));
  return { weight, shift, weights, codes, biases: inUnits(biases, unit), scale: unit * 2 ** shift };
}

function inUnits(values: readonly number[], unit: number): number[] {
  return values.map((value) => Math.round(value / unit));
}

/** What a unit of each kept value is worth, stage by stage. */
class Scales {
  private readonly scales: Float64Array;

  constructor({ kept, numbers: { INPUTS, FEATURES_AT, FEATURE_FRAMES } }: FrameCode) {
    this.scales = new Float64Array(kept);
    this.fill(FEATURES_AT, INPUTS, FEATURE_FRAMES, 2 ** -FEATURE_BITS);
  }

  at(place: number): number {
    return this.scales[place];
  }

  set({ to, frames, biases }: WrittenStage, scale: number): void {
    this.fill(to, biases.length, frames, scale);
  }

  private fill(newest: number, values: number, frames: number, scale: number): void {
    this.scales.fill(scale, newest - (frames - 1) * values, newest + values);
  }
}

/** The least unit of a stage's sums in which weights have 16 bits and no sum of values of 16 bits, with its rounding, 32. */
function unitOf(rows: readonly (readonly number[])[], biases: readonly number[]): number {
  const most = MOST_SUM - 2 ** 16 * 17;
  return rows.reduce((unit, row, i) => {
    const total = row.reduce((sum, weight) => sum + Math.abs(weight), 0) * MOST_VALUE + Math.abs(biases[i]);
    // Each weight may be rounded up by a half.
    const room = most - (row.length / 2) * MOST_VALUE;
    return Math.max(unit, total / room, ...row.map((weight) => Math.abs(weight) / MOST_VALUE));
  }, 2 ** -40);
}

function shiftOf(range: number, unit: number): number {
  return Math.max(0, Math.min(16, Math.ceil(Math.log2(range / unit / MOST_VALUE))));
}
