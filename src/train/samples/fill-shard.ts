import { Random } from '../../core/random.js';
import type { Heap } from '../../kernels/contract.js';
import { Pipeline, type Preprocessing } from '../../runtime/skeleton/pipeline.js';
import { type Augmentations, augmentClip } from '../../skeleton/augmentation.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { Shard, StepPlan } from '../step/plan.js';
import type { FillShard } from '../step/tasks.js';
import type { ClipReader, ClipSource, OpenClips } from './clip-store.js';
import { SampleRows } from './sample-rows.js';

/** The training sequences as clips, and how they become a batch; travels to the worker threads. */
export interface TrainingSamples {
  readonly preprocessing: Preprocessing;
  readonly layout: Layout;
  readonly persons: number;
  /** Whether z is 0 throughout: then it stays so, whatever the augmentation. */
  readonly isFlat: boolean;
  readonly classes: readonly string[];
  readonly augmentation: Augmentations;
  readonly labelSmoothing: number;
  readonly mixup: number;
  /** [sample][frames][nodes][3] */
  readonly clips: ClipSource;
  readonly labels: Int32Array;
  /** [nodes][channels] */
  readonly mean: Float32Array;
  readonly inverseDeviation: Float32Array;
}

/** Draws augmented features of training samples; each thread has one. */
export class SampleSource {
  readonly samples: TrainingSamples;
  readonly pipeline: Pipeline;
  private readonly clips: ClipReader;

  /** @param pipeline that of the samples, where the thread has made it already */
  constructor(samples: TrainingSamples, openClips: OpenClips, pipeline = pipelineOf(samples)) {
    this.samples = samples;
    this.clips = openClips(samples.clips);
    this.pipeline = pipeline;
  }

  /** Writes the augmented, not yet standardised features of a sample and returns its label. */
  draw(index: number, random: Random, rows: SampleRows): number {
    const { labels, augmentation, classes, layout, isFlat } = this.samples;
    const { clip, changes } = rows;
    const { positions } = clip;
    this.clips.read(index, positions);
    const { mirror, anchors, bones } = layout;
    const context = { mirror, classes, anchors, bones };
    const label = augmentClip(augmentation, clip, labels[index], random, context, changes);
    if (isFlat) for (let at = 2; at < positions.length; at += 3) positions[at] = 0;
    rows.writeFeatures();
    return label;
  }
}

function pipelineOf({ preprocessing, layout, persons }: TrainingSamples): Pipeline {
  return new Pipeline(preprocessing, layout, persons);
}

/** Fills shards of the batch with augmented, standardised, mixed features and smoothed targets. */
export function shardFiller(source: SampleSource): (plan: StepPlan, heap: Heap) => FillShard {
  return (plan, heap) => fillerOf(source, plan, heap);
}

function fillerOf(source: SampleSource, plan: StepPlan, { floats, ints }: Heap): FillShard {
  const { samples, pipeline } = source;
  const { classes, mean, inverseDeviation, mixup } = samples;
  const rows = new SampleRows(pipeline, plan.columns);
  rows.setStandard(mean, inverseDeviation);
  const target = (floatsAt: number, label: number, column: number, weight: number) => {
    const off = samples.labelSmoothing / classes.length;
    for (let c = 0; c < classes.length; c++) {
      floats[floatsAt + c * plan.columns + column] += weight * (off + (c === label ? 1 - samples.labelSmoothing : 0));
    }
  };
  return (shard, index, seed) => {
    const labels = drawShard(shard, seed);
    const { share, shift } = drawMix(new Random(seed, index, MIX_STREAM), mixup, shard.sequences);
    floats.set(rows.turn(shard.sequences, share, shift), shard.features >> 2);
    const targets = shard.targets >> 2;
    floats.fill(0, targets, targets + classes.length * plan.columns);
    for (let j = 0; j < shard.sequences; j++) {
      target(targets, labels[j], j, share);
      if (share < 1) target(targets, labels[(j + shift) % shard.sequences], j, 1 - share);
    }
  };

  function drawShard({ offset, sequences }: Shard, seed: number): number[] {
    return Array.from({ length: sequences }, (_, j) => {
      const position = offset + j;
      const label = source.draw(ints[(plan.samples >> 2) + position], new Random(seed, position), rows);
      rows.standardise(j);
      return label;
    });
  }
}

const MIX_STREAM = 0x6d69;

/** A share λ ~ Beta(α, α) of the sequence itself, and how many places on its partner stands (mixup, 1710.09412). */
function drawMix(random: Random, alpha: number, sequences: number): { share: number; shift: number } {
  if (alpha === 0 || sequences < 2) return { share: 1, shift: 0 };
  const share = beta(random, alpha);
  return { share: Math.max(share, 1 - share), shift: 1 + random.integer(sequences - 1) };
}

/** Beta(α, α) by Jöhnk's method, which grows slow beyond α = 1. */
function beta(random: Random, alpha: number): number {
  for (;;) {
    const a = random.uniform() ** (1 / alpha);
    const b = random.uniform() ** (1 / alpha);
    if (a + b > 0 && a + b <= 1) return a / (a + b);
  }
}
