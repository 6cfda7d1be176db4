import { Random } from '../../core/random.js';
import type { Heap } from '../../kernels/contract.js';
import type { Shard, StepPlan } from '../step/plan.js';
import type { FillShard } from '../step/tasks.js';
import { NegativeSource } from './negative-source.js';
import { SampleRows } from './sample-rows.js';
import type { SampleSource } from './sample-source.js';
import { TeacherAnswers } from './teacher.js';

/** Fills shards of the batch with augmented, standardised, mixed features and smoothed targets. */
export function shardFiller(source: SampleSource): (plan: StepPlan, heap: Heap) => FillShard {
  return (plan, heap) => fillerOf(source, plan, heap);
}

function fillerOf(source: SampleSource, plan: StepPlan, { floats, ints }: Heap): FillShard {
  const { samples, pipeline } = source;
  const { classes, mean, inverseDeviation, mixup } = samples;
  const rows = new SampleRows(pipeline, plan.columns);
  rows.setStandard(mean, inverseDeviation);
  const negatives = samples.negatives && new NegativeSource(source, samples.negatives);
  const teacher = samples.teacher && new TeacherAnswers(samples.teacher, plan.columns);
  const target = (floatsAt: number, label: number, column: number, weight: number) => {
    const smoothing = label === NO_CLASS ? 1 : samples.labelSmoothing;
    const off = smoothing / classes.length;
    for (let c = 0; c < classes.length; c++) {
      floats[floatsAt + c * plan.columns + column] += weight * (off + (c === label ? 1 - smoothing : 0));
    }
  };
  return (shard, index, seed) => {
    const labels = drawShard(shard, seed);
    const { share, shift } = drawMix(new Random(seed, index, MIX_STREAM), mixup, shard.sequences);
    const features = rows.turn(shard.sequences, share, shift);
    floats.set(features, shard.features >> 2);
    const targets = shard.targets >> 2;
    floats.fill(0, targets, targets + classes.length * plan.columns);
    for (let j = 0; j < shard.sequences; j++) {
      target(targets, labels[j], j, share);
      if (share < 1) target(targets, labels[(j + shift) % shard.sequences], j, 1 - share);
    }
    teacher?.mix(features, floats.subarray(targets, targets + classes.length * plan.columns), shard.sequences);
  };

  function drawShard({ offset, sequences }: Shard, seed: number): number[] {
    return Array.from({ length: sequences }, (_, j) => {
      const position = offset + j;
      const sample = ints[(plan.samples >> 2) + position];
      if (negatives?.draw(sample, new Random(seed, position, NEGATIVE_STREAM), rows, j)) return NO_CLASS;
      const label = source.draw(sample, new Random(seed, position), rows);
      rows.standardise(j);
      return label;
    });
  }
}

const MIX_STREAM = 0x6d69;
const NEGATIVE_STREAM = 0x6e65;
/** The label of what is none of the classes: each is as likely. */
const NO_CLASS = -1;

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
