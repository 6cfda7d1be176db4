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
  /** [tensor][rows × columns]: the other ends of a line, or log α of gates; none with other masks. */
  readonly partners: Float64Array[];
}

export interface Problem {
  readonly network: Network;
  readonly formulas: readonly LayerFormula[];
  /** [rows][sequences] and [classes][sequences] */
  readonly features: Float64Array;
  readonly targets: Float64Array;
  readonly sequences: number;
  readonly rates: readonly number[];
  /** a(r) of each rate: from a published table, or a quantile of the magnitudes. */
  readonly thresholds: readonly number[];
  readonly mask: 'band-stop' | 'hard' | 'kept' | 'shrink' | 'project' | 'gates' | 'line' | 'probabilities';
  /** u of every gate in (0, 1), [rate][tensor][rows × columns]; only of gates. */
  readonly noise: readonly (readonly Float64Array[])[];
  readonly regulariser: { readonly kind: 'none' | 'l1' | 'cost' | 'entropy' | 'l0'; readonly weight: number };
  /** σ at each rate. */
  readonly crispness: readonly number[];
  /** ψ below this is no weight, where a rate is sparse. */
  readonly support: number;
  readonly knots: number;
  readonly lambda: number;
  readonly bins: number;
  readonly range: number;
  /** Mass that every bin of the prior and of the histogram has beside its own; 1e-6 of the latter alone without one. */
  readonly floor: number | undefined;
}

type Tree = Record<keyof Parameters, JaxArray[]>;

/** Cross-entropy and divergence, mean over rates of CE(W_r) + λ D_KL(P‖Q) (arXiv 2312.17615). */
export interface JointLoss {
  readonly loss: number;
  /** Of the loss with the regulariser. */
  readonly gradients: Parameters;
}

/** MRMP's loss and its gradients, those of the regulariser too, by jax-js in float64. */
export function jointLoss(problem: Problem, parameters: Parameters): JointLoss {
  const masks = problem.rates.map((_, r) => supportOf(problem, r, parameters));
  const loss = (tree: Tree) => {
    const terms = problem.rates.map((_, r) => crossEntropy(problem, r, masks[r], tree));
    const entropy = terms.reduce((sum, term) => sum.add(term)).mul(1 / terms.length);
    const aligned = entropy.add(divergence(problem, tree.latents).mul(problem.lambda));
    const penalty = penaltyOf(problem, tree);
    return penalty === undefined ? aligned : aligned.add(penalty.mul(problem.regulariser.weight));
  };
  const [value, tree] = valueAndGrad(loss)(treeOf(parameters)) as [JaxArray, Tree];
  const read = (values: JaxArray[]) => values.map((each) => Float64Array.from(each.dataSync()));
  const { latents, gains, biases, partners } = tree;
  const gradients = { latents: read(latents), gains: read(gains), biases: read(biases), partners: read(partners) };
  const penalty = penaltyOf(problem, treeOf(parameters));
  const added = penalty === undefined ? 0 : problem.regulariser.weight * (penalty.js() as number);
  return { loss: (value.js() as number) - added, gradients };
}

function treeOf({ latents, gains, biases, partners }: Parameters): Tree {
  const arrays = (values: Float64Array[]) => values.map((each) => array(each));
  return { latents: arrays(latents), gains: arrays(gains), biases: arrays(biases), partners: arrays(partners) };
}

/** 1 where a weight is worked with; of the band-stop, all of a rate at which 80 % of them or more would be. */
function supportOf(problem: Problem, r: number, { latents, partners }: Parameters): Float64Array[] {
  const { thresholds, crispness, support, rates, mask } = problem;
  const where = (tensors: Float64Array[], isKept: (w: number) => boolean) =>
    tensors.map((tensor) => tensor.map((w) => (isKept(w) ? 1 : 0)));
  const above = (w: number) => Math.abs(w) > thresholds[r];
  if (mask === 'kept') return where(latents, (w) => w !== 0);
  if (mask === 'gates' || rates[r] === 0) return where(latents, () => true);
  if (mask === 'hard' || mask === 'shrink') return where(latents, above);
  if (mask === 'line') return where(mixed(latents, partners, shareAt(problem, r)), above);
  const psi = (w: number) => 1 / (1 + Math.exp(crispness[r] * (thresholds[r] ** 2 - w * w)));
  const masks = where(latents, (w) => psi(w) >= support);
  const kept = masks.flatMap((each) => Array.from(each));
  return kept.reduce((sum, one) => sum + one, 0) >= 0.8 * kept.length ? where(latents, () => true) : masks;
}

/** Where a rate lies on a line: log(1 − r) / log(1 − r_max). */
function shareAt({ rates }: Pick<Problem, 'rates'>, r: number): number {
  return Math.log(1 - rates[r]) / Math.log(1 - Math.max(...rates));
}

function mixed(latents: Float64Array[], partners: Float64Array[], share: number): Float64Array[] {
  return latents.map((tensor, t) => tensor.map((w, i) => (1 - share) * w + share * partners[t][i]));
}

/** The magnitudes of all weights of which the quantile of a rate is taken, lowest first. */
export function sortedMagnitudes(problem: Pick<Problem, 'rates' | 'mask'>, r: number, of: Parameters): Float64Array {
  const tensors = problem.mask === 'line' ? mixed(of.latents, of.partners, shareAt(problem, r)) : of.latents;
  return Float64Array.from(tensors.flatMap((tensor) => Array.from(tensor, Math.abs))).sort();
}

/** ŵ where no mask is, ŵ ψ(ŵ), ŵ − clip(ŵ, −a, a), ŵ z(log α, u) or (1 − share) ŵ + share v. */
function masked(problem: Problem, r: number, t: number, support: Float64Array, { latents, partners }: Tree): JaxArray {
  const { thresholds, crispness, rates, mask } = problem;
  const latent = latents[t].ref;
  if (mask === 'gates') return latent.mul(gate(partners[t].ref, problem.noise[r][t]));
  if (mask === 'band-stop' && rates[r] > 0) {
    const inside = latent.ref
      .mul(latent.ref)
      .add(-(thresholds[r] ** 2))
      .mul(crispness[r]);
    return latent.mul(nn.sigmoid(inside)).mul(array(support));
  }
  if (mask === 'shrink' && rates[r] > 0) {
    const [from, to] = [-thresholds[r], thresholds[r]];
    return latent.ref.sub(np.clip(latent, from, to)).mul(array(support));
  }
  if (mask !== 'line') return latent.mul(array(support));
  const share = shareAt(problem, r);
  return latent
    .mul(1 - share)
    .add(partners[t].ref.mul(share))
    .mul(array(support));
}

/** The hard-concrete gate, with β = 2/3, γ = −0.1 and ζ = 1.1 (arXiv 1712.01312, equations 10 and 11). */
function gate(logAlpha: JaxArray, noise: Float64Array): JaxArray {
  const logits = array(noise.map((u) => Math.log(u / (1 - u))));
  const s = nn.sigmoid(logAlpha.add(logits).mul(1.5));
  return np.clip(s.mul(1.2).add(-0.1), 0, 1);
}

/** Mean |ŵ|, the same weighted by multiplications, the entropy of the histogram, or the mean share of open gates. */
function penaltyOf({ network, regulariser, ...problem }: Problem, { latents, partners }: Tree): JaxArray | undefined {
  const { kind } = regulariser;
  if (kind === 'none') return undefined;
  if (kind === 'entropy') {
    const observed = histogram(problem, latents);
    return observed.ref
      .mul(np.log(observed.add(1e-6)))
      .sum()
      .mul(-1);
  }
  const share = (t: number) => (kind === 'cost' ? network.weights[t].reuse : 1);
  const all = network.weights.reduce((sum, { rows, columns }, t) => sum + rows * columns * share(t), 0);
  const isOpen = (logAlpha: JaxArray) => nn.sigmoid(logAlpha.add((2 / 3) * Math.log(11)));
  const terms = network.weights.map((_, t) =>
    (kind === 'l0' ? isOpen(partners[t].ref) : np.abs(latents[t].ref)).sum().mul(share(t) / all),
  );
  return terms.reduce((sum, term) => sum.add(term));
}

function crossEntropy(problem: Problem, r: number, masks: Float64Array[], tree: Tree): JaxArray {
  const { network, formulas, features, targets, sequences: n, rates, knots } = problem;
  const weights = tree.latents.map((_, t) => {
    const scale = np.exp(atRate(tree.gains[t].ref, knots, rates[r])).mul(Math.sqrt(2 / network.weights[t].columns));
    return masked(problem, r, t, masks[t], tree).mul(scale);
  });
  let w = 0;
  const logits = network.layers.reduce(
    (input, layer, i) => {
      const matrices = weights.slice(w, w + layer.weights.length);
      w += layer.weights.length;
      return formulas[i](layer, { input, weights: matrices, bias: atRate(tree.biases[i].ref, knots, rates[r]) }, n);
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

/** The triangular histogram of all latents, over bins whose ends are open. */
function histogram({ bins, range }: Pick<Problem, 'bins' | 'range'>, latents: JaxArray[]): JaxArray {
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
  return nn
    .relu(np.abs(position.sub(centres)).mul(-1).add(1))
    .sum(1)
    .mul(1 / count);
}

/** D_KL of the standard normal and the histogram. */
function divergence({ bins, range, floor }: Problem, latents: JaxArray[]): JaxArray {
  const all = floor === undefined ? 1 : 1 + bins * floor;
  const prior = normalMasses(bins, range).map((mass) => (mass + (floor ?? 0)) / all);
  const entropy = prior.reduce((sum, mass) => sum + mass * Math.log(mass), 0);
  return array(prior)
    .mul(
      np.log(
        histogram({ bins, range }, latents)
          .add(floor ?? 1e-6)
          .mul(1 / all),
      ),
    )
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
