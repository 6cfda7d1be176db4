import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { backends } from '../../../test/support/backends.js';
import { createStep, network, stepInput } from '../../../test/support/small-step.js';
import { openProbability } from '../../pruning/prior/hard-concrete.js';
import { pruningSchema } from '../recipe/recipe.js';

const STEP = 2e-3;
const BOUND = 2e-3;
/** One-sided slopes that differ by more show a bend between them: a rectifier's, or a mask's jump. */
const KINK = 3e-3;

const bare = { divergence: { weight: 0, bins: 21, range: 3 }, knots: 1, gain: 'none' };
const dense = { ...bare, rates: { draw: 'fixed', rates: [0] } };
const mean = (tensors: readonly Float64Array[], value: (x: number, tensor: number) => number) =>
  tensors.reduce((sum, tensor, t) => sum + tensor.reduce((part, x) => part + value(x, t), 0), 0) / network.weightCount;

type Rig = ReturnType<typeof createStep>;

/** What is added to the cross-entropy, from its formula. */
const TERMS: Record<string, { changes: object; rates: number[]; value: (rig: Rig) => number }> = {
  'mean |ŵ|': {
    changes: { ...dense, regulariser: { kind: 'l1', weight: 3 } },
    rates: [0],
    value: (rig) => 3 * mean(rig.latents(), Math.abs),
  },
  'mean |ŵ| by cost': {
    changes: { ...dense, regulariser: { kind: 'cost', weight: 3 } },
    rates: [0],
    value: (rig) => {
      const all = network.weights.map(({ rows, columns, reuse }) => rows * columns * reuse);
      const macs = all.reduce((sum, one) => sum + one, 0) / network.weightCount;
      return 3 * mean(rig.latents(), (w, t) => (Math.abs(w) * network.weights[t].reuse) / macs);
    },
  },
  entropy: {
    changes: { ...dense, regulariser: { kind: 'entropy', weight: 0.5 } },
    rates: [0],
    value: (rig) => 0.5 * histogramEntropy(rig.latents()),
  },
  'gates and their mean probability': {
    changes: { ...dense, mask: 'gates', regulariser: { kind: 'l0', weight: 2 } },
    rates: [0],
    value: (rig) => 2 * mean(partnersOf(rig), openProbability),
  },
  'masks by probabilities': {
    changes: { ...bare, mask: 'probabilities', crispness: { from: 2, to: 2 } },
    rates: [0],
    value: () => 0,
  },
  'a line of weights': { changes: { ...bare, mask: 'line' }, rates: [0, 0.6, 0.9], value: () => 0 },
  'hard masks': { changes: { ...bare, mask: 'hard' }, rates: [0, 0.6, 0.9], value: () => 0 },
};

function partnersOf({ plan, read }: Rig): Float64Array[] {
  return plan.tensors.map(({ partner, count }) => read(partner!.latents, count));
}

/** By the definition of the triangular histogram: 21 centres from −3 to 3. */
function histogramEntropy(tensors: readonly Float64Array[]): number {
  const all = tensors.flatMap((tensor) => Array.from(tensor));
  const centres = Array.from({ length: 21 }, (_, k) => -3 + 0.3 * k);
  const inside = all.map((w) => Math.min(Math.max(w, -3), 3));
  const masses = centres.map(
    (c) => inside.reduce((sum, w) => sum + Math.max(0, 1 - Math.abs(w - c) / 0.3), 0) / all.length,
  );
  return -masses.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q + 1e-6) : 0), 0);
}

describe.each(backends.slice(0, 2))('$name', (backend) => {
  test.each([
    ['both ends of a line', { mask: 'line' }, 0.75],
    ['weights, and not their gates', { mask: 'gates', regulariser: { kind: 'l0', weight: 2 } }, 1],
  ])('weight decay shrinks %s', (_, changes, share) => {
    const rig = createStep(backend, v.parse(pruningSchema, { ...dense, ...changes }), 1);
    const [weights, partners] = [rig.latents(), partnersOf(rig)];
    rig.step.run(stepInput([0], { weightDecay: 0.25 }));
    expect(rig.latents()).toEqual(weights.map((tensor) => tensor.map((w) => Math.fround(0.75 * w))));
    expect(partnersOf(rig)).toEqual(partners.map((tensor) => tensor.map((w) => Math.fround(share * w))));
  });

  test('projected: what the last rate leaves out is zero after the step, and the rest moves as under a hard mask', () => {
    const rates = { draw: 'fixed', rates: [0.6] };
    const after = ['project', 'hard'].map((mask) => {
      const rig = createStep(backend, v.parse(pruningSchema, { ...bare, rates, mask }), 1);
      rig.step.run(stepInput([0.6], { learningRate: 0.01 }));
      return rig.latents().flatMap((tensor) => Array.from(tensor));
    });
    const [projected, hard] = after;
    const kept = projected.filter((latent) => latent !== 0).length;
    expect(Math.abs(kept - 0.4 * network.weightCount)).toBeLessThan(3);
    expect(projected).toEqual(hard.map((latent, i) => (projected[i] === 0 ? 0 : latent)));
    const least = Math.min(...projected.filter((latent) => latent !== 0).map(Math.abs));
    const leftOut = hard.filter((_, i) => projected[i] === 0).map(Math.abs);
    expect(Math.max(...leftOut)).toBeLessThanOrEqual(least + 0.02);
    expect(leftOut.every((latent) => latent !== 0)).toBe(true);
  });

  test('probabilities add up to the budget after a step, and are between 0 and 1', () => {
    const pruning = v.parse(pruningSchema, { ...bare, mask: 'probabilities' });
    const rig = createStep(backend, pruning, 1);
    rig.step.run(stepInput([0.6], { learningRate: 0.5 }));
    const all = partnersOf(rig).flatMap((tensor) => Array.from(tensor));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThanOrEqual(1);
    expect(all.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(Math.round(0.4 * network.weightCount), 3);
  });

  test.each(Object.keys(TERMS))(
    `%s: gradients are central differences of the loss, where it is smooth, within ${BOUND}`,
    (name) => {
      const { changes, rates, value } = TERMS[name];
      const rig = createStep(backend, v.parse(pruningSchema, changes), rates.length);
      const { step, plan, floats, read, measure } = rig;
      if (name === 'a line of weights') spreadPartners(rig, (start, i) => start + 0.5 * Math.sin(i));
      if (name === 'masks by probabilities') spreadPartners(rig, (_, i) => 0.5 + 0.4 * Math.sin(i));
      const lossNow = () => {
        measure();
        const { losses } = step.run(stepInput(rates));
        return losses.reduce((sum, loss) => sum + loss, 0) / losses.length + value(rig);
      };
      lossNow();
      const numbers = plan.tensors.flatMap(({ count, partner, ...latent }) =>
        [latent, ...(partner === undefined ? [] : [partner])].map(({ latents, gradient }) => ({
          count,
          latents,
          gradient,
        })),
      );
      const found = numbers.map(({ gradient, count }) => read(gradient, count));
      const middle = lossNow();
      const oneSided = (at: number) => {
        const start = floats[at];
        const pair = [STEP, -STEP].map((move) => {
          floats[at] = start + move;
          return (lossNow() - middle) / move;
        });
        floats[at] = start;
        return pair;
      };
      let [most, smooth] = [0, 0];
      for (const [t, { latents, count }] of numbers.entries()) {
        for (let i = 0; i < count; i++) {
          const [right, left] = oneSided((latents >> 2) + i);
          if (Math.abs(right - left) > KINK) continue;
          most = Math.max(most, Math.abs(found[t][i] - (right + left) / 2));
          smooth++;
        }
      }
      expect(most).toBeLessThan(BOUND);
      expect(smooth).toBeGreaterThan(0.8 * found.reduce((sum, gradient) => sum + gradient.length, 0));
      expect(Math.min(...found.map((gradient) => Math.max(...gradient.map(Math.abs))))).toBeGreaterThan(2 * BOUND);
    },
  );
});

/** Partners that differ. */
function spreadPartners({ plan, floats }: Rig, place: (start: number, i: number) => number): void {
  for (const { partner, count } of plan.tensors) {
    const at = partner!.latents >> 2;
    for (let i = 0; i < count; i++) floats[at + i] = place(floats[at + i], i);
  }
}
