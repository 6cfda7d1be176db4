import type { Entries } from './file/blocks.js';
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
    const entries = firstEntries(numbers, Math.round((1 - rate) * countWeights(products)));
    const scales = products.map((_, t) => weightScale(header.scales[t], gains[t], rate));
    const shifts = biases.map((curve) => evaluateCurve(curve, rate).map(Math.fround));
    this.rate = rate;
    this.nonzeros = entries.positions.length;
    this.classes = header.classes;
    this.persons = header.persons;
    this.layout = header.layout;
    this.temperature = temperatureAt(header.temperatures ?? [1], rate);
    this.pipeline = pipeline;
    this.numbers = numbers;
    this.network = new SparseNetwork(plan, entries, scales, shifts);
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

/** The first weights of falling magnitude, equal ones by their position: whole blocks, and the greatest of one more. */
function firstEntries({ entries, starts }: FileNumbers, wanted: number): Entries {
  const { positions, latents } = entries;
  const count = Math.min(wanted, positions.length);
  const block = starts.findLast((start) => start <= count) ?? 0;
  const end = starts.find((start) => start > block) ?? block;
  const last = Array.from({ length: Math.min(end, positions.length) - block }, (_, i) => block + i)
    .sort((a, b) => Math.abs(latents[b]) - Math.abs(latents[a]) || positions[a] - positions[b])
    .slice(0, count - block);
  const kept = [...Array(block).keys(), ...last];
  return {
    positions: Uint32Array.from(kept, (i) => positions[i]),
    latents: Float32Array.from(kept, (i) => latents[i]),
  };
}
