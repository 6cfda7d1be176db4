import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type Backend, backends, distance, reference } from '../../../test/support/backends.js';
import {
  jointLoss,
  type Parameters,
  PlainAdam,
  type Problem,
  sortedMagnitudes,
} from '../../../test/support/joint-oracle.js';
import { dense, denseMembers, graphConvolution, type LayerFormula } from '../../../test/support/oracle.js';
import {
  BATCH,
  convolution,
  createStep,
  features,
  layers,
  layersApart,
  network,
  networkApart,
  stepInput,
  targets,
} from '../../../test/support/small-step.js';
import { pruningSchema } from '../recipe/recipe.js';
import { rateSettingsIn } from './settings.js';

const STEPS = [3, 20, 50];
const LEARNING_RATE = 0.05;
const BIAS_LEARNING_RATE = 0.01;
const WEIGHT_DECAY = 0.02;
const AVERAGE = 0.75;
const BOUND = 5e-6;

const RATES = [0, 0.5, 0.9];
/** Of the standard normal, from a published table. */
const NORMAL_QUANTILES = [0, 0.674489750196, 1.644853626951];
/** Width of a bin of the magnitudes: 4096 of them from 0 to 8. */
const BIN = 8 / 4096;

const one = { of: network, shape: layers, layers: [dense({ activation: 'relu' }), dense({ activation: 'none' })] };
const apart = {
  of: networkApart,
  shape: layersApart,
  layers: [denseMembers({ activation: 'relu' }, 2, false), denseMembers({ activation: 'none' }, 2, true)],
};

interface Case {
  readonly name: string;
  readonly of: typeof network;
  readonly shape: typeof layers;
  readonly layers: readonly LayerFormula[];
  readonly changes: object;
}

const unaligned = { divergence: { weight: 0, bins: 21, range: 3 } };
const CASES: Case[] = [
  { name: 'the prior’s threshold, one answer', ...one, changes: { threshold: 'prior' } },
  { name: 'the prior’s threshold, two members apart', ...apart, changes: { threshold: 'prior' } },
  { name: 'the empirical threshold, one answer', ...one, changes: {} },
  { name: 'the empirical threshold, two members apart', ...apart, changes: {} },
  { name: 'crispness of latents by the threshold', ...one, changes: { crispnessOf: 'threshold' } },
  { name: 'mean |ŵ|', ...one, changes: { regulariser: { kind: 'l1', weight: 0.7 } } },
  { name: 'mean |ŵ| by cost', ...one, changes: { regulariser: { kind: 'cost', weight: 0.7 } } },
  { name: 'a floor of one weight', ...one, changes: { divergence: { weight: 0.1, bins: 21, range: 3, floor: 1 } } },
  { name: 'entropy', ...one, changes: { regulariser: { kind: 'entropy', weight: 0.3 } } },
  { name: 'entropy alone', ...one, changes: { ...unaligned, regulariser: { kind: 'entropy', weight: 0.3 } } },
  { name: 'hard masks', ...one, changes: { mask: 'hard' } },
  { name: 'hard masks, the prior’s threshold', ...one, changes: { mask: 'hard', threshold: 'prior' } },
  { name: 'weights smaller by the threshold', ...one, changes: { mask: 'shrink' } },
  { name: 'weights kept at zero', ...one, changes: { ...unaligned, mask: 'kept' } },
  { name: 'gates', ...one, changes: { mask: 'gates', regulariser: { kind: 'l0', weight: 0.5 } } },
  { name: 'a line of weights', ...one, changes: { mask: 'line' } },
  { name: 'no gains', ...one, changes: { gain: 'none' } },
];

type Rig = ReturnType<typeof createStep>;

type Pruning = v.InferOutput<typeof pruningSchema>;

function pruningOf({ changes }: Case): Pruning {
  const divergence = { weight: 0.1, bins: 21, range: 3 };
  return v.parse(pruningSchema, { rates: { draw: 'fixed', rates: RATES }, knots: 5, divergence, ...changes });
}

/** A case for the plain computation, before what changes from step to step. */
function problemOf({ of, layers }: Case, pruning: Pruning): Problem {
  return {
    network: of,
    formulas: [graphConvolution(convolution), ...layers],
    features,
    targets,
    sequences: BATCH,
    rates: RATES,
    thresholds: NORMAL_QUANTILES,
    crispness: [],
    support: pruning.support,
    knots: pruning.knots,
    mask: pruning.mask,
    noise: [],
    regulariser: pruning.regulariser,
    lambda: pruning.divergence.weight,
    bins: 21,
    range: 3,
    floor: pruning.divergence.floor === undefined ? undefined : pruning.divergence.floor / of.weightCount,
  };
}

/**
 * The magnitude below which a share of the sorted ones lies: in the bin of the one with rank ⌈share · count⌉, as far
 * into it as the share is into the magnitudes there.
 */
function quantileOf(sorted: Float64Array, share: number): number {
  const wanted = share * sorted.length;
  const bin = Math.floor(sorted[Math.ceil(wanted) - 1] / BIN);
  const below = sorted.filter((magnitude) => magnitude < bin * BIN).length;
  const inside = sorted.filter((magnitude) => magnitude < (bin + 1) * BIN).length - below;
  return (bin + (wanted - below) / inside) * BIN;
}

/** u of each gate, from the weight s ŵ z that it gave; of closed and wholly open ones any, as their slopes are 0. */
function noiseOf({ plan, read }: Rig, { latents, gains, partners }: Parameters): Float64Array[][] {
  return plan.slots.map((slot, r) =>
    slot.weights.map(({ matrix }, t) => {
      const x = -Math.log2(1 - RATES[r]);
      const [knot, share] = [Math.floor(x), x % 1];
      const gain = (1 - share) * gains[t][knot] + share * (gains[t][knot + 1] ?? 0);
      const scale = Math.exp(gain) * Math.sqrt(2 / matrix.spec.columns);
      return read(matrix.storage.values, latents[t].length).map((weight, i) => {
        const gate = Math.round((weight / (scale * latents[t][i])) * 1e9) / 1e9;
        const s = (Math.min(Math.max(gate, 0), 1) + 0.1) / 1.2;
        const logit = (2 / 3) * Math.log(s / (1 - s)) - partners[t][i];
        const beyond = gate < 1e-6 ? -1 : gate > 1 - 1e-6 ? 1 : 0;
        return 1 / (1 + Math.exp(-logit - beyond));
      });
    }),
  );
}

function flatten({ latents, gains, biases, partners }: Parameters): Float64Array[] {
  return [...latents, ...gains, ...biases, ...partners];
}

/** Moves parameters as one step does, in plain double precision. */
function move(adam: PlainAdam, { latents, gains, biases, partners }: Parameters, by: Parameters, mask: string): void {
  const decayed = mask === 'line' ? [...latents, ...partners] : latents;
  for (const tensor of decayed) for (let i = 0; i < tensor.length; i++) tensor[i] *= 1 - WEIGHT_DECAY;
  adam.begin();
  const pairs = (values: Float64Array[], gradients: Float64Array[], learningRate: number) => {
    for (const [t, tensor] of values.entries()) adam.move(tensor, gradients[t], learningRate);
  };
  pairs(latents, by.latents, LEARNING_RATE);
  pairs(partners, by.partners, LEARNING_RATE);
  pairs(gains, by.gains, BIAS_LEARNING_RATE);
  pairs(biases, by.biases, BIAS_LEARNING_RATE);
}

/** Ends of a line that differ, gates of all kinds, and every fifth weight of a kept network at zero. */
function prepare({ plan, floats, measure }: Rig, mask: string): void {
  for (const { latents, average, partner, count } of plan.tensors) {
    for (let i = 0; i < count; i++) {
      if (mask === 'kept' && i % 5 === 0) floats[(latents >> 2) + i] = floats[(average >> 2) + i] = 0;
      if (partner === undefined) continue;
      const far = mask === 'line' ? ((i * 7) % 11) / 10 - 0.45 : ((i * 7) % 11) / 2 - 4;
      for (const pointer of [partner.latents, partner.average]) floats[(pointer >> 2) + i] += far;
    }
  }
  measure();
}

interface PlainStep {
  readonly loss: number;
  readonly after: Float64Array[];
  readonly averages: Float64Array[];
}

/** Loss, parameters and averages after each step, by the plain computation; a rig beside it draws the gates' noise. */
function plainSteps(each: Case): PlainStep[] {
  const pruning = pruningOf(each);
  const rig = createRig(reference, each);
  const plain = rig.parameters();
  const averages = plain.latents.map((tensor) => tensor.slice());
  const adam = new PlainAdam();
  return STEPS.map((crispness) => {
    const before = rig.parameters();
    rig.step.run(inputAt(crispness));
    const noise = pruning.mask === 'gates' ? noiseOf(rig, before) : [];
    const problem = { ...problemOf(each, pruning), noise };
    const thresholds = thresholdsOf(problem, pruning, plain);
    const unit = (r: number) => (pruning.crispnessOf === 'threshold' ? thresholds[r] ** 2 : 1);
    const sigmas = RATES.map((_, r) => crispness / unit(r));
    const { loss, gradients } = jointLoss({ ...problem, thresholds, crispness: sigmas }, plain);
    if (pruning.gain === 'none') for (const gain of gradients.gains) gain.fill(0);
    move(adam, plain, gradients, pruning.mask);
    for (const [t, average] of averages.entries()) {
      for (let j = 0; j < average.length; j++) average[j] += (1 - AVERAGE) * (plain.latents[t][j] - average[j]);
    }
    const copy = (tensors: Float64Array[]) => tensors.map((tensor) => tensor.slice());
    return { loss, after: copy(flatten(plain)), averages: copy(averages) };
  });
}

function thresholdsOf(problem: Problem, { threshold, mask }: Pruning, plain: Parameters): readonly number[] {
  if (mask !== 'line' && (threshold === 'prior' || mask === 'kept' || mask === 'gates')) return NORMAL_QUANTILES;
  return RATES.map((rate, r) => (rate === 0 ? 0 : quantileOf(sortedMagnitudes(problem, r, plain), rate)));
}

function createRig(backend: Backend, each: Case): Rig {
  const pruning = pruningOf(each);
  const rig = createStep(backend, pruning, RATES.length, each.shape);
  prepare(rig, pruning.mask);
  return rig;
}

function inputAt(crispness: number) {
  const pace = { crispness, learningRate: LEARNING_RATE, biasLearningRate: BIAS_LEARNING_RATE };
  return stepInput(RATES, { ...pace, weightDecay: WEIGHT_DECAY, averageDecay: AVERAGE });
}

/** Worked out once, for all backends. */
const known = new Map<Case, PlainStep[]>();

describe.each(backends)('$name', (backend) => {
  test.each(CASES)(
    `$name: ${STEPS.length} joint steps move all parameters as plain double precision does, within ${BOUND}`,
    (each) => {
      const expected = known.get(each) ?? plainSteps(each);
      known.set(each, expected);
      const { divergence, gain } = pruningOf(each);
      const rig = createRig(backend, each);
      const before = flatten(rig.parameters());
      for (const [i, { loss, after, averages }] of expected.entries()) {
        const result = rig.step.run(inputAt(STEPS[i]));
        const mean = result.losses.reduce((sum, value) => sum + value, 0) / result.losses.length;
        expect(mean + divergence.weight * result.kl).toBeCloseTo(loss, 4);
        const distances = flatten(rig.parameters()).map((values, t) => distance(values, after[t]));
        expect(Math.max(...distances), `step ${i + 1}: ${distances}`).toBeLessThan(BOUND);
        expect(Math.max(...rig.averages().map((values, t) => distance(values, averages[t])))).toBeLessThan(BOUND);
      }
      const moved = flatten(rig.parameters()).map((values, t) => distance(values, before[t]));
      const { length } = each.of.weights;
      if (gain === 'none') expect(Math.max(...moved.splice(length, length))).toBe(0);
      expect(Math.min(...moved)).toBeGreaterThan(10 * BOUND);
    },
  );

  test.each([0.1, 0.5, 0.9, 0.97])(
    'the empirical threshold at rate %d is, within a bin, the magnitude of that rank when all are sorted',
    (rate) => {
      const rates = { draw: 'fixed', rates: [rate] };
      const rig = createStep(backend, v.parse(pruningSchema, { rates, divergence: unaligned.divergence, knots: 1 }), 1);
      const sorted = () => Float64Array.from(rig.latents().flatMap((tensor) => Array.from(tensor, Math.abs))).sort();
      for (let step = 0; step < 3; step++) {
        const before = sorted();
        rig.step.run(stepInput([rate], { weightDecay: 0.1 }));
        const { threshold } = rateSettingsIn(rig.heap, rig.plan.slots[0]);
        expect(Math.abs(threshold - before[Math.ceil(rate * before.length) - 1])).toBeLessThanOrEqual(BIN);
        expect(sorted()[100]).toBeLessThan(before[100]);
      }
    },
  );
});
