import { Random } from '../../core/random.js';
import { DOUBTFUL, makeNegative, type NegativeSamples, OF_TWO } from './negatives.js';
import { SampleRows } from './sample-rows.js';
import type { SampleSource } from './sample-source.js';

const CLASS_STREAM = 7;
/** Of the sequences of a class, so many are as near to its mean as its radius. */
const WITHIN = 0.75;
/** How often a clip of another class is looked for. */
const TRIES = 20;

/** Draws negatives; each thread has one. */
export class NegativeSource {
  private readonly source: SampleSource;
  private readonly negatives: NegativeSamples;
  private other: Float32Array = new Float32Array();

  constructor(source: SampleSource, negatives: NegativeSamples) {
    this.source = source;
    this.negatives = negatives;
  }

  /** Now and then, writes the standardised features of a negative made of a sample to a row; whether it did. */
  draw(index: number, random: Random, rows: SampleRows, row: number): boolean {
    const { source, negatives } = this;
    if (random.uniform() >= negatives.share) return false;
    const kind = negatives.kinds[random.integer(negatives.kinds.length)];
    if (OF_TWO.includes(kind) && !this.readOther(index, random, rows.clip.positions.length)) return false;
    source.read(index, rows.clip.positions);
    makeNegative(kind, rows.clip, this.other, random, source.samples.layout);
    source.augment(source.samples.labels[index], random, rows);
    rows.standardise(row);
    return !(DOUBTFUL.includes(kind) && this.isNear(rows.row(row)));
  }

  /** Reads a clip of another class than a sample's; whether one was found. */
  private readOther(index: number, random: Random, size: number): boolean {
    const { labels } = this.source.samples;
    if (this.other.length === 0) this.other = new Float32Array(size);
    for (let i = 0; i < TRIES; i++) {
      const other = random.integer(labels.length);
      if (labels[other] === labels[index]) continue;
      this.source.read(other, this.other);
      return true;
    }
    return false;
  }

  /** Whether features are as near to the mean of a class as most of its own are. */
  private isNear(features: Float32Array): boolean {
    const { means, radii } = this.negatives;
    return radii.some((radius, label) => squaredDistance(features, means, label) < radius);
  }
}

/** Measures the classes, over two augmented passes through the training sequences. */
export function measureClasses(source: SampleSource, { means, radii }: NegativeSamples, seed: number): void {
  const { labels, mean, inverseDeviation } = source.samples;
  const rows = new SampleRows(source.pipeline, 4);
  rows.setStandard(mean, inverseDeviation);
  const each = (visit: (features: Float32Array, label: number) => void) => {
    for (let i = 0; i < labels.length; i++) {
      const label = source.draw(i, new Random(seed, CLASS_STREAM, i), rows);
      rows.standardise(0);
      visit(rows.row(0), label);
    }
  };
  const counts = new Int32Array(radii.length);
  const sums = new Float64Array(means.length);
  each((features, label) => {
    counts[label]++;
    for (let j = 0, at = label * features.length; j < features.length; j++, at++) sums[at] += features[j];
  });
  const size = means.length / radii.length;
  for (let at = 0; at < sums.length; at++) means[at] = sums[at] / Math.max(counts[Math.floor(at / size)], 1);
  const distances: number[][] = Array.from(radii, () => []);
  each((features, label) => distances[label].push(squaredDistance(features, means, label)));
  radii.set(distances.map((list) => list.toSorted((a, b) => a - b)[Math.floor(WITHIN * list.length)] ?? 0));
}

function squaredDistance(features: Float32Array, means: Float32Array, label: number): number {
  let sum = 0;
  for (let j = 0, at = label * features.length; j < features.length; j++, at++) sum += (features[j] - means[at]) ** 2;
  return sum;
}
