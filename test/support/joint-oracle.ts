import type { Network } from '../../src/model/network.js';
import { array, type JaxArray, type LayerFormula, nn, np, valueAndGrad } from './oracle.js';

/** A training's numbers; also what its gradients are made of. */
export interface Parameters {
  /** [tensor][rows × columns] */
  readonly latents: Float64Array[];
  /** [tensor][knots] */
  readonly gains: Float64Array[];
  /** [bias][knots × size] */
  readonly biases: Float64Array[];
}

export interface Problem {
  readonly network: Network;
  readonly formulas: readonly LayerFormula[];
  /** [rows][sequences] and [classes][sequences] */
  readonly features: Float64Array;
  readonly targets: Float64Array;
  readonly sequences: number;
  readonly rates: readonly number[];
  /** a(r) of each rate, from a published table. */
  readonly thresholds: readonly number[];
  readonly crispness: number;
  /** ψ below this is no weight, where a rate is sparse. */
  readonly support: number;
  readonly knots: number;
  readonly lambda: number;
  readonly bins: number;
  readonly range: number;
}

type Tree = { latents: JaxArray[]; gains: JaxArray[]; biases: JaxArray[] };

/** MRMP's loss, mean over rates of CE(W_r) + λ D_KL(P‖Q) (arXiv 2312.17615), and its gradients, by jax-js in float64. */
export function jointLoss(problem: Problem, parameters: Parameters): { loss: number; gradients: Parameters } {
  const masks = problem.rates.map((_, r) => supportOf(problem, r, parameters.latents));
  const loss = (tree: Tree) => {
    const terms = problem.rates.map((_, r) => crossEntropy(problem, r, masks[r], tree));
    const entropy = terms.reduce((sum, term) => sum.add(term)).mul(1 / terms.length);
    return entropy.add(divergence(problem, tree.latents).mul(problem.lambda));
  };
  const [value, gradients] = valueAndGrad(loss)(treeOf(parameters)) as [JaxArray, Tree];
  const read = (values: JaxArray[]) => values.map((each) => Float64Array.from(each.dataSync()));
  const { latents, gains, biases } = gradients;
  return {
    loss: value.js() as number,
    gradients: { latents: read(latents), gains: read(gains), biases: read(biases) },
  };
}

function treeOf({ latents, gains, biases }: Parameters): Tree {
  const arrays = (values: Float64Array[]) => values.map((each) => array(each));
  return { latents: arrays(latents), gains: arrays(gains), biases: arrays(biases) };
}

/** 1 where a weight is worked with; all weights of a rate at which 80 % of them or more would be. */
function supportOf({ thresholds, crispness, support, rates }: Problem, r: number, latents: Float64Array[]) {
  const psi = (w: number) => 1 / (1 + Math.exp(crispness * (thresholds[r] ** 2 - w * w)));
  const masks = latents.map((tensor) => tensor.map((w) => (psi(w) >= support ? 1 : 0)));
  const kept = masks.flatMap((mask) => Array.from(mask));
  const dense = rates[r] === 0 || kept.reduce((sum, one) => sum + one, 0) >= 0.8 * kept.length;
  return dense ? masks.map((mask) => mask.fill(1)) : masks;
}

function crossEntropy(problem: Problem, r: number, masks: Float64Array[], { latents, gains, biases }: Tree): JaxArray {
  const { network, formulas, features, targets, sequences: n, rates } = problem;
  const { crispness, thresholds, knots } = problem;
  const weights = latents.map((tensor, t) => {
    const scale = np.exp(atRate(gains[t].ref, knots, rates[r])).mul(Math.sqrt(2 / network.weights[t].columns));
    const gate = tensor.ref
      .mul(tensor.ref)
      .add(-(thresholds[r] ** 2))
      .mul(crispness);
    const psi = rates[r] === 0 ? undefined : nn.sigmoid(gate).mul(array(masks[t]));
    if (rates[r] === 0) gate.dispose();
    const kept = psi === undefined ? tensor.ref : tensor.ref.mul(psi);
    return kept.mul(scale);
  });
  let w = 0;
  const logits = network.layers.reduce(
    (input, layer, i) => {
      const own = weights.slice(w, w + layer.weights.length);
      w += layer.weights.length;
      return formulas[i](layer, { input, weights: own, bias: atRate(biases[i].ref, knots, rates[r]) }, n);
    },
    array(features, [features.length / n, n]),
  );
  const { answers, classes } = network;
  const logShares = nn.logSoftmax(logits.reshape([answers, classes, n]), 1);
  return array(targets, [1, classes, n])
    .mul(logShares)
    .sum()
    .mul(-1 / (n * answers));
}

/** A curve over x = −log2(1 − rate), linear between its knots at 0, 1, 2 … */
function atRate(curve: JaxArray, knots: number, rate: number): JaxArray {
  const x = Math.min(-Math.log2(1 - rate), knots - 1);
  const shares = Array.from({ length: knots }, (_, k) => Math.max(0, 1 - Math.abs(x - k)));
  const size = curve.shape[0] / knots;
  return array(shares, [1, knots])
    .mul(curve.reshape([knots, size]).transpose([1, 0]))
    .sum(1);
}

/** D_KL of the standard normal, and the triangular histogram of all latents, over bins whose ends are open. */
function divergence({ bins, range }: Problem, latents: JaxArray[]): JaxArray {
  const width = (2 * range) / (bins - 1);
  const all = np.concatenate(latents.map((tensor) => tensor.ref));
  const count = all.shape[0];
  const position = np
    .clip(all, -range, range)
    .add(range)
    .mul(1 / width)
    .reshape([1, count]);
  const centres = array(
    Float64Array.from({ length: bins }, (_, k) => k),
    [bins, 1],
  );
  const observed = nn
    .relu(np.abs(position.sub(centres)).mul(-1).add(1))
    .sum(1)
    .mul(1 / count);
  const prior = normalMasses(bins, range);
  const entropy = prior.reduce((sum, mass) => sum + mass * Math.log(mass), 0);
  return array(prior)
    .mul(np.log(observed.add(1e-6)))
    .sum()
    .mul(-1)
    .add(entropy);
}

/** The standard normal's masses under the triangular kernel, by the midpoint rule on its density. */
export function normalMasses(bins: number, range: number): Float64Array {
  const width = (2 * range) / (bins - 1);
  const masses = new Float64Array(bins);
  const step = width / 2000;
  for (let x = -range - 5 + step / 2; x < range + 5; x += step) {
    const mass = (step * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
    const position = Math.min(Math.max((x + range) / width, 0), bins - 1);
    const bin = Math.min(Math.floor(position), bins - 2);
    masses[bin] += mass * (1 - position + bin);
    masses[bin + 1] += mass * (position - bin);
  }
  return masses;
}

/** Adam (Kingma and Ba, 2015, algorithm 1), in double precision. */
export class PlainAdam {
  private step = 0;
  private readonly moments = new Map<Float64Array, { m: Float64Array; v: Float64Array }>();

  begin(): void {
    this.step++;
  }

  move(values: Float64Array, gradient: Float64Array, rate: number): void {
    const fresh = () => ({ m: new Float64Array(values.length), v: new Float64Array(values.length) });
    const { m, v } = this.moments.get(values) ?? fresh();
    this.moments.set(values, { m, v });
    for (let i = 0; i < values.length; i++) {
      m[i] = 0.9 * m[i] + 0.1 * gradient[i];
      v[i] = 0.999 * v[i] + 0.001 * gradient[i] ** 2;
      const unbiased = { m: m[i] / (1 - 0.9 ** this.step), v: v[i] / (1 - 0.999 ** this.step) };
      values[i] -= (rate * unbiased.m) / (Math.sqrt(unbiased.v) + 1e-8);
    }
  }
}
