import { describe, expect, test } from 'vitest';
import { reference } from '../../../test/support/backends.js';
import { toyRecipe } from '../../../test/support/toy.js';
import { Random } from '../../core/random.js';
import { Network } from '../../model/network.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { mediapipeHand } from '../../skeleton/layouts/hands.js';
import { StepPlan } from '../step/plan.js';
import { memoryClips, openMemoryClips } from './clip-store.js';
import { shardFiller } from './fill-shard.js';
import { SampleRows } from './sample-rows.js';
import { SampleSource, type TrainingSamples } from './sample-source.js';

const [FRAMES, NODES, CHANNELS, CLASSES, SAMPLES] = [8, 21, 6, 3, 12];
const { preprocessing, network: layers } = toyRecipe();
const network = new Network(layers, { nodes: NODES, channels: CHANNELS }, CLASSES, { members: 'apart' });

/** Eighths, so that their means are exact; sample 7 has one far beyond what standardised features may be. */
function coordinate(sample: number, node: number, axis: number): number {
  if (sample === 7 && node === 3) return 400;
  return (((sample * 37 + node * 11 + axis * 5 + ((sample * node) % 7)) % 41) - 20) / 8;
}

const labelOf = (sample: number) => (sample * 5 + (sample % 2)) % CLASSES;
const mean = Float32Array.from({ length: NODES * CHANNELS }, (_, i) => ((i % 9) - 4) / 4);
const inverseDeviation = Float32Array.from({ length: NODES * CHANNELS }, (_, i) => [0.5, 1, 0.25][i % 3]);

/** Samples that stand still in a pose of their own. */
function samplesOf(changes: Partial<TrainingSamples>): TrainingSamples {
  const store = memoryClips(SAMPLES, FRAMES * NODES * 3, false);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const at = (i: number) => coordinate(sample, Math.floor(i / 3) % NODES, i % 3);
    store.write(
      sample,
      Float32Array.from({ length: FRAMES * NODES * 3 }, (_, i) => at(i)),
    );
  }
  return {
    preprocessing,
    layout: mediapipeHand,
    persons: 1,
    isFlat: false,
    classes: ['x', 'y', 'z'],
    augmentation: [],
    labelSmoothing: 0,
    mixup: 0,
    clips: store.source,
    labels: Int32Array.from({ length: SAMPLES }, (_, sample) => labelOf(sample)),
    mean,
    inverseDeviation,
    ...changes,
  };
}

/** Both chunks of a still pose have its coordinates; standardised, and kept within ± 6. */
function featuresOf(sample: number): number[] {
  return Array.from({ length: NODES * CHANNELS }, (_, i) => {
    const x = (coordinate(sample, Math.floor(i / CHANNELS), i % 3) - mean[i]) * inverseDeviation[i];
    return Math.min(Math.max(x, -6), 6);
  });
}

interface Column {
  readonly sample: number;
  /** All samples of its shard. */
  readonly shard: readonly number[];
  readonly features: number[];
  readonly target: number[];
}

/** A filler of batches over one heap: the columns of every shard, those without a sequence apart. */
function createFiller(changes: Partial<TrainingSamples>, batch = 11) {
  const plan = new StepPlan(network, { rates: 1, batch, threads: 1, bins: 21 });
  const { heap } = reference.create(plan.bytes);
  const fill = shardFiller(new SampleSource(samplesOf(changes), openMemoryClips))(plan, heap);
  const order = Array.from({ length: batch }, (_, position) => (position * 5 + 2) % SAMPLES);
  heap.ints.set(order, plan.samples >> 2);
  const read = (pointer: number, rows: number, column: number) =>
    Array.from({ length: rows }, (_, row) => heap.floats[(pointer >> 2) + row * plan.columns + column]);
  return (seed: number, shards = plan.shards.length) => {
    const [columns, padding]: [Column[], number[][]] = [[], []];
    for (const [index, { offset, sequences, features, targets }] of plan.shards.slice(0, shards).entries()) {
      fill(plan.shards[index], index, seed);
      const shard = order.slice(offset, offset + sequences);
      for (let j = 0; j < plan.columns; j++) {
        const [x, y] = [read(features, NODES * CHANNELS, j), read(targets, CLASSES, j)];
        if (j < sequences) columns.push({ sample: shard[j], shard, features: x, target: y });
        else padding.push([...x, ...y]);
      }
    }
    return { columns, padding };
  };
}

const oneHot = (label: number) => [0, 1, 2].map((c) => (c === label ? 1 : 0));

/** (1 − ε) of the label and ε spread over all classes. */
const smoothed = (label: number, epsilon: number) => oneHot(label).map((hot) => (1 - epsilon) * hot + epsilon / 3);

function expectClose(found: readonly number[], expected: readonly number[], bound = 1e-6): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i] - value), `place ${i}`).toBeLessThan(bound);
}

/** Of which other sample of the shard the features hold 1 − share, by the numbers alone. */
function mixtureOf({ sample, shard, features }: Column): { partner: number; share: number } {
  const first = featuresOf(sample);
  const fits = shard
    .filter((partner) => partner !== sample)
    .map((partner) => {
      const other = featuresOf(partner);
      const differences = first.map((x, i) => x - other[i]);
      const square = differences.reduce((sum, d) => sum + d * d, 0);
      const share = differences.reduce((sum, d, i) => sum + d * (features[i] - other[i]), 0) / square;
      const apart = Math.max(...features.map((x, i) => Math.abs(x - (share * first[i] + (1 - share) * other[i]))));
      return { partner, share, apart };
    })
    .filter(({ apart }) => apart < 1e-5);
  expect(fits).toHaveLength(1);
  return fits[0];
}

describe('without mixup', () => {
  test.each([
    [0, 1, 0],
    [0.1, 0.9 + 0.1 / 3, 0.1 / 3],
    [0.6, 0.6, 0.2],
  ])('smoothing %d gives the label %d and every other class %d', (labelSmoothing, label, other) => {
    const { columns } = createFiller({ labelSmoothing })(1);
    expect(columns).toHaveLength(11);
    for (const { sample, target } of columns) {
      const expected = [other, other, other];
      expected[labelOf(sample)] = label;
      expectClose(target, expected, 1e-7);
    }
    expect(new Set(columns.map(({ sample }) => labelOf(sample))).size).toBe(3);
  });

  test('features are those of each sample, standardised and clamped; columns without a sequence stay zero', () => {
    const { columns, padding } = createFiller({})(1);
    for (const { sample, features } of columns) expect(features).toEqual(featuresOf(sample));
    expect(columns.some(({ features }) => features.includes(6))).toBe(true);
    expect(padding.length).toBeGreaterThan(0);
    expect(padding.flat().every((value) => value === 0)).toBe(true);
  });

  test('the label is the one that mirroring makes of it', () => {
    const mirror = { step: 'mirror', probability: 1, classes: { x: 'y', y: 'x' }, persons: 'keep' } as const;
    const { columns } = createFiller({ augmentation: [mirror], labelSmoothing: 0.3 })(1);
    for (const { sample, target } of columns) expectClose(target, smoothed([1, 0, 2][labelOf(sample)], 0.3));
  });
});

describe('mixup', () => {
  test.each([0, 0.1, 0.6])(
    'mixes features and targets with one share and one partner of the shard, with smoothing %d',
    (labelSmoothing) => {
      const fill = createFiller({ mixup: 0.4, labelSmoothing });
      const mixtures = Array.from({ length: 20 }, (_, seed) => fill(seed).columns).flatMap((columns) =>
        columns.map((column) => {
          const { partner, share } = mixtureOf(column);
          const [first, other] = [column.sample, partner].map((of) => smoothed(labelOf(of), labelSmoothing));
          const expected = first.map((value, c) => share * value + (1 - share) * other[c]);
          expectClose(column.target, expected, 1e-5);
          expect(Math.abs(column.target.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-6);
          return { column, partner, share };
        }),
      );
      const isTelling = ({ column, partner, share }: (typeof mixtures)[number]) =>
        share < 0.9 && labelOf(column.sample) !== labelOf(partner);
      expect(mixtures.filter(isTelling).length).toBeGreaterThan(20);
    },
  );

  test('a shard has one share, of the sequence itself at least 1/2, and every sequence is a partner once', () => {
    const fill = createFiller({ mixup: 1 }, 12);
    for (let seed = 0; seed < 20; seed++) {
      const { columns } = fill(seed, 1);
      const mixtures = columns.map(mixtureOf);
      expect(mixtures.map(({ partner }) => partner).sort()).toEqual(columns.map(({ sample }) => sample).sort());
      expect(mixtures.every(({ share }) => share >= 0.5 && Math.abs(share - mixtures[0].share) < 1e-5)).toBe(true);
    }
  });

  test('a sequence alone in its shard is not mixed', () => {
    const { columns } = createFiller({ mixup: 1 }, 4)(3);
    for (const { sample, shard, features, target } of columns) {
      expect(shard).toHaveLength(1);
      expect([features, target]).toEqual([featuresOf(sample), oneHot(labelOf(sample))]);
    }
  });

  test('the other end of every column is drawn evenly, and another seed draws another', () => {
    const fill = createFiller({ mixup: 1 }, 12);
    const next = Array.from({ length: 600 }, (_, seed) => {
      const { columns } = fill(seed, 1);
      return columns[0].shard.indexOf(mixtureOf(columns[0]).partner);
    });
    // a shard of three: the second or the third, each in half of the draws, within 5 deviations
    expect(new Set(next)).toEqual(new Set([1, 2]));
    expect(Math.abs(next.filter((place) => place === 1).length - 300)).toBeLessThan(2.5 * Math.sqrt(600));
  });

  test.each([0.2, 0.5, 1])(
    'the shares are of Beta(α, α), α = %d: E λ (1 − λ) = α / (4 α + 2), within 5 deviations',
    (alpha) => {
      const fill = createFiller({ mixup: alpha });
      const products = Array.from({ length: 3000 }, (_, seed) => {
        const { share } = mixtureOf(fill(seed, 1).columns[0]);
        return share * (1 - share);
      });
      const average = products.reduce((sum, product) => sum + product, 0) / products.length;
      const variance = products.reduce((sum, product) => sum + (product - average) ** 2, 0) / products.length;
      expect(Math.abs(average - alpha / (4 * alpha + 2))).toBeLessThan(5 * Math.sqrt(variance / products.length));
    },
  );
});

test('a batch filled again holds nothing of the one before', () => {
  const fill = createFiller({ mixup: 0.4, labelSmoothing: 0.1 });
  const first = fill(1);
  expect(fill(2)).not.toEqual(first);
  expect(fill(1)).toEqual(first);
});

test('of flat data z stays 0, whatever the augmentation does', () => {
  const pipeline = new Pipeline(preprocessing, mediapipeHand, 1);
  const drawn = (isFlat: boolean) => {
    const samples = samplesOf({ isFlat, augmentation: [{ step: 'jitter', deviation: 0.5, unit: 'positions' }] });
    const rows = new SampleRows(pipeline, 0);
    new SampleSource(samples, openMemoryClips, pipeline).draw(2, new Random(5), rows);
    return rows.features;
  };
  const [flat, deep] = [drawn(true), drawn(false)];
  const isZ = (_: number, i: number) => i % 3 === 2;
  expect([...flat].filter(isZ)).toEqual(new Array(NODES * 2).fill(0));
  expect([...flat].filter((_, i) => i % 3 !== 2)).toEqual([...deep].filter((_, i) => i % 3 !== 2));
  expect([...deep].filter(isZ).every((z) => z !== 0)).toBe(true);
});

describe('negatives', () => {
  const features = NODES * CHANNELS;
  const negatives = {
    share: 0.5,
    kinds: ['mixture'] as const,
    means: new Float32Array(CLASSES * features),
    radii: new Float32Array(CLASSES),
  };
  const drawn = createFiller({ negatives })(1).columns;

  test('are a share of what is drawn, are sure of no class, and leave the others as they are', () => {
    const isNegative = ({ target }: Column) => target.every((value) => Math.abs(value - 1 / CLASSES) < 1e-6);
    const count = drawn.filter(isNegative).length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(drawn.length);
    const plain = createFiller({})(1).columns;
    for (const [i, column] of drawn.entries()) {
      if (!isNegative(column)) expect(column).toEqual(plain[i]);
      else expect(column.features).not.toEqual(plain[i].features);
    }
  });

  test('are the same again', () => {
    expect(createFiller({ negatives })(1).columns).toEqual(drawn);
  });

  test('that may be of a class after all are not drawn', () => {
    const held = { ...negatives, kinds: ['still'] as const, radii: new Float32Array(CLASSES).fill(1e9) };
    expect(createFiller({ negatives: held })(1).columns).toEqual(createFiller({})(1).columns);
  });
});
