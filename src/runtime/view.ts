import type { OpenedNetwork, StreamContract } from './file/header.js';
import type { FileNumbers } from './file/read.js';
import type { Tables } from './file/tables.js';
import { exp } from './network/exp.js';
import { evaluateCurve, nonzerosAt, temperatureAt, weightScale } from './network/rate.js';
import { SparseNetwork } from './network/sparse-network.js';
import { areFinite } from './skeleton/lost.js';
import { Pipeline, standardise } from './skeleton/pipeline.js';
import type { Skeleton, SkeletonSequence } from './skeleton/sequence.js';

/** The most probable class of a sequence. */
export interface Prediction {
  readonly label: number;
  readonly name: string;
  readonly probability: number;
  /** Probability of every class. */
  readonly scores: readonly number[];
}

type NetworkClass = new (
  ...numbers: ConstructorParameters<typeof SparseNetwork>
) => Pick<SparseNetwork, 'needed' | 'run'>;

/** What runs networks; the second, of networks over time, is added by temporal.ts, in an entry of its own. */
export const networks: NetworkClass[] = [SparseNetwork];

/** A network at one pruning rate. */
export class View {
  readonly rate: number;
  readonly nonzeros: number;
  readonly classes: readonly string[];
  readonly persons: number;
  readonly layout: Skeleton & { readonly name: string };
  /** Frames that a sequence is brought to. */
  readonly frames: number;
  /** What the file says to a stream of frames. */
  readonly stream: StreamContract;
  /** Divides the logits before they become probabilities. */
  readonly temperature: number;
  /** @internal */
  readonly tables: Tables;
  /** What runs the network. @internal */
  readonly network: Pick<SparseNetwork, 'needed' | 'run'>;
  /** @internal */
  readonly pipeline: Pipeline;
  /** Of those features alone that lead to an answer. */
  private readonly needed: Pipeline;

  constructor({ header, pipeline, plan }: OpenedNetwork, numbers: FileNumbers, rate: number) {
    const { classes, persons, layout, preprocessing, scales } = header;
    const { gains, biases } = numbers.tables;
    this.rate = rate;
    this.nonzeros = Math.min(nonzerosAt(numbers.weights, rate), numbers.entries.positions.length);
    this.classes = classes;
    this.persons = persons;
    this.layout = layout;
    this.frames = pipeline.frames;
    this.stream = header.stream ?? {};
    this.temperature = temperatureAt(header.temperatures, rate);
    this.tables = numbers.tables;
    this.network = new networks[+(pipeline.input.frames! > 1)](
      plan,
      ...greatest(numbers, this.nonzeros),
      gains.map((gain, t) => weightScale(scales[t], gain, rate)),
      biases.map((curve) => evaluateCurve(curve, rate).map(Math.fround)),
    );
    this.pipeline = pipeline;
    this.needed = new Pipeline(preprocessing, layout, persons, this.network.needed);
  }

  /**
   * Classifies a sequence; a joint is lost where it is NaN. Where all are, the answer is that of zeros.
   * @throws RangeError unless it has the model's persons and joints, positions as many, none infinite, and rising times
   * @example
   * const view = (await load(bytes)).view(0.98);
   * const { name, probability, scores } = view.predict(sequence);
   */
  predict(sequence: SkeletonSequence): Prediction {
    const scores = softmax(this.logits(sequence), this.temperature);
    const label = argmax(scores);
    return { label, name: this.classes[label], probability: scores[label], scores };
  }

  /** The logits of a sequence; valid until the next call. */
  logits(sequence: SkeletonSequence): Float64Array {
    const { frames, persons, joints, positions, seconds } = sequence ?? {};
    const least = this.pipeline.leastFrames;
    const fits = persons === this.persons && joints === this.layout.joints.length && frames >= least;
    if (!fits || positions?.length !== frames * persons * joints * 3) {
      throw new RangeError(`sequence: expected ${least}+ frames of ${this.persons} x ${this.layout.name}`);
    }
    if (seconds && (seconds.length !== frames || seconds.some((time, i) => !(time >= seconds[i && i - 1])))) {
      throw new RangeError(`seconds: expected ${frames} sorted`);
    }
    const logits = this.run(this.standardised(this.needed, sequence));
    if (areFinite(logits)) return logits;
    throw new RangeError('model: expected finite logits');
  }

  /** The logits of standardised features; valid until the next call. */
  run(features: Float32Array): Float64Array {
    return this.network.run(features);
  }

  /** Standardised features of a sequence, [nodes][channels]. */
  features(sequence: SkeletonSequence): Float32Array {
    return this.standardised(this.pipeline, sequence);
  }

  private standardised(pipeline: Pipeline, sequence: SkeletonSequence): Float32Array {
    const { mean, inverseDeviation } = this.tables;
    return standardise(pipeline.features(sequence), mean, inverseDeviation);
  }
}

/** All latents laid end to end, and the places of the greatest `count`, rising: whole blocks, and a part of one more. */
function greatest(
  { entries, starts, weights }: FileNumbers,
  count: number,
): [latents: Float32Array, places: Uint32Array] {
  const { positions, latents } = entries;
  const whole = starts.findLast((start) => start <= count)!;
  const places = positions.slice(0, count);
  const block = latents.subarray(
    whole,
    starts.find((start) => start >= count),
  );
  const order = [...block.keys()].sort((a, b) => Math.abs(block[b]) - Math.abs(block[a]));
  places.set(
    order.slice(0, count - whole).map((i) => positions[whole + i]),
    whole,
  );
  const all = new Float32Array(weights);
  for (let i = 0; i < positions.length; i++) all[positions[i]] = latents[i];
  return [all, places.sort()];
}

/** Index of the greatest number; the first of equal ones. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Probabilities of classes from their logits; a temperature above 1 makes them less sure. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const most = logits[argmax(logits)];
  const powers = Array.from(logits, (logit) => exp((logit - most) / temperature));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
