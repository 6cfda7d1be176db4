import type { Random } from '../../core/random.js';
import { Pipeline, type Preprocessing } from '../../runtime/skeleton/pipeline.js';
import { type Augmentations, augmentClip } from '../../skeleton/augmentation.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { ClipReader, ClipSource, OpenClips } from './clip-store.js';
import type { NegativeSamples } from './negatives.js';
import type { SampleRows } from './sample-rows.js';
import type { TeacherSamples } from './teacher.js';

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
  readonly negatives?: NegativeSamples | undefined;
  readonly teacher?: TeacherSamples | undefined;
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
    this.read(index, rows.clip.positions);
    return this.augment(this.samples.labels[index], random, rows);
  }

  /** The positions of a sample, as its pose steps left them. */
  read(index: number, positions: Float32Array): void {
    this.clips.read(index, positions);
  }

  /** Augments the clip, writes its not yet standardised features and returns what became of its label. */
  augment(before: number, random: Random, rows: SampleRows): number {
    const { augmentation, classes, layout, isFlat } = this.samples;
    const { clip, changes } = rows;
    const { positions } = clip;
    const { mirror, anchors, bones } = layout;
    const context = { mirror, classes, anchors, bones };
    const label = augmentClip(augmentation, clip, before, random, context, changes);
    if (isFlat) for (let at = 2; at < positions.length; at += 3) positions[at] = 0;
    rows.writeFeatures();
    return label;
  }
}

function pipelineOf({ preprocessing, layout, persons }: TrainingSamples): Pipeline {
  return new Pipeline(preprocessing, layout, persons);
}
