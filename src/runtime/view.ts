import type { FileNumbers } from './file/read.js';
import type { OpenedHeader } from './header.js';
import { SparseNetwork } from './network.js';
import type { Pipeline } from './pipeline.js';
import { countWeights, productsOf } from './plan.js';
import { evaluateCurve, temperatureAt, weightScale } from './rate-curve.js';
import { argmax, softmax } from './scores.js';
import type { SkeletonSequence } from './sequence.js';
import type { Skeleton } from './skeleton.js';
import { standardise } from './standardise.js';

/** The most probable class of a sequence. */
export interface Prediction {
  readonly label: number;
  readonly name: string;
  readonly probability: number;
  /** Probability of every class. */
  readonly scores: readonly number[];
}

/** A network at one pruning rate. */
export class View {
  readonly rate: number;
  readonly nonzeros: number;
  readonly classes: readonly string[];
  readonly persons: number;
  readonly layout: Skeleton & { readonly name: string };
  /** Divides the logits before they become probabilities. */
  readonly temperature: number;
  private readonly pipeline: Pipeline;
  private readonly numbers: FileNumbers;
  private readonly network: SparseNetwork;

  constructor({ header, pipeline, plan }: OpenedHeader, numbers: FileNumbers, rate: number) {
    const { gains, biases } = numbers.tables;
    const products = productsOf(plan);
    const weights = countWeights(products);
    const count = Math.min(Math.round((1 - rate) * weights), numbers.entries.positions.length);
    const latents = keepFirst(numbers, weights, count);
    const scales = products.map((_, t) => weightScale(header.scales[t], gains[t], rate));
    const shifts = biases.map((curve) => evaluateCurve(curve, rate).map(Math.fround));
    this.rate = rate;
    this.nonzeros = count;
    this.classes = header.classes;
    this.persons = header.persons;
    this.layout = header.layout;
    this.temperature = temperatureAt(header.temperatures ?? [1], rate);
    this.pipeline = pipeline;
    this.numbers = numbers;
    this.network = new SparseNetwork(plan, latents, scales, shifts);
  }

  /** Classifies a sequence. @throws RangeError unless it has the model's persons and joints */
  predict(sequence: SkeletonSequence): Prediction {
    const scores = softmax(this.logits(sequence), this.temperature);
    const label = argmax(scores);
    return { label, name: this.classes[label], probability: scores[label], scores };
  }

  /** The logits of a sequence; valid until the next call. */
  logits(sequence: SkeletonSequence): Float64Array {
    const { frames, persons, joints, positions } = sequence;
    const fits = persons === this.persons && joints === this.layout.joints.length && frames >= 2;
    if (!fits || positions.length !== frames * persons * joints * 3) {
      throw new RangeError(`sequence: expected 2 frames or more of ${this.persons} x ${this.layout.name}`);
    }
    return this.run(this.features(sequence));
  }

  /** The logits of standardised features; valid until the next call. */
  run(features: Float32Array): Float64Array {
    return this.network.run(features);
  }

  /** Standardised features of a sequence, [nodes][channels]. */
  features(sequence: SkeletonSequence): Float32Array {
    const { mean, inverseDeviation } = this.numbers.tables;
    return standardise(this.pipeline.features(sequence), mean, inverseDeviation);
  }
}

/** The latents laid end to end, of which the first `count` are left: whole blocks, and the greatest of one more. */
function keepFirst({ entries, starts }: FileNumbers, weights: number, count: number): Float32Array {
  const { positions, latents } = entries;
  const kept = new Float32Array(weights);
  const block = starts.findLast((start) => start <= count) ?? 0;
  const end = Math.min(starts.find((start) => start > block) ?? block, positions.length);
  const rest = Array.from({ length: end - block }, (_, i) => block + i)
    .sort((a, b) => Math.abs(latents[b]) - Math.abs(latents[a]) || positions[a] - positions[b])
    .slice(0, count - block);
  for (let i = 0; i < block; i++) kept[positions[i]] = latents[i];
  for (const i of rest) kept[positions[i]] = latents[i];
  return kept;
}
