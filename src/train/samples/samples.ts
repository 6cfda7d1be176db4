import { Random } from '../../core/random.js';
import type { Dataset } from '../../data/dataset.js';
import { roundStandardisation } from '../../model/file/standardisation.js';
import type { Pipeline } from '../../runtime/skeleton/pipeline.js';
import type { Recipe } from '../recipe/recipe.js';
import type { ClipStore, OpenClips } from './clip-store.js';
import { measureClasses } from './negative-source.js';
import { SampleRows } from './sample-rows.js';
import { SampleSource, type TrainingSamples } from './sample-source.js';
import { type Teacher, teacherSamples } from './teacher.js';
import { sequencesOfEach, trainingSequences } from './windows.js';

const MEASURE_STREAM = 5;
/** Keeps rarely moving channels from being blown up; in units of the features (spine lengths). */
const LEAST_DEVIATION = 0.02;

/** What samples are prepared with, and where they are kept. */
export interface SampleRoom {
  readonly pipeline: Pipeline;
  /** Room for a clip of each training sequence, and of each of its windows. */
  readonly store: ClipStore;
  readonly openClips: OpenClips;
  /** What is learned beside the labels. */
  readonly teacher?: Teacher | undefined;
}

/** Applies the pose steps to the training sequences and measures the features' means and deviations. */
export function prepareSamples(
  recipe: Recipe,
  dataset: Dataset,
  train: readonly number[],
  { pipeline, store, openClips, teacher }: SampleRoom,
): SampleSource {
  const { preprocessing, augmentation, training, negatives, seed } = recipe;
  const { layout, persons, dimensions, classes, samples } = dataset;
  let clips = 0;
  for (const sequence of trainingSequences(recipe, dataset, train)) {
    store.write(clips++, pipeline.clip(sequence).positions);
  }
  const each = sequencesOfEach(augmentation);
  const { nodes, channels, input } = pipeline;
  const features = nodes * channels;
  const prepared: TrainingSamples = {
    preprocessing,
    layout,
    persons,
    isFlat: dimensions === 2,
    classes,
    augmentation,
    labelSmoothing: training.labelSmoothing,
    mixup: training.mixup,
    clips: store.source,
    labels: Int32Array.from({ length: clips }, (_, i) => samples[train[Math.floor(i / each)]].label),
    mean: new Float32Array(features),
    inverseDeviation: new Float32Array(features),
    negatives: negatives && {
      ...negatives,
      means: new Float32Array(classes.length * input.nodes * channels),
      radii: new Float32Array(classes.length),
    },
    teacher: teacher && teacherSamples(teacher),
  };
  const source = new SampleSource(prepared, openClips, pipeline);
  measureFeatures(source, seed);
  if (prepared.negatives) measureClasses(source, prepared.negatives, seed);
  return source;
}

/** Means and deviations over one augmented pass through the training sequences and all frames, rounded as a model file has them. */
function measureFeatures(source: SampleSource, seed: number): void {
  const { mean, inverseDeviation, labels } = source.samples;
  const rows = new SampleRows(source.pipeline, 0);
  const { features } = rows;
  const sum = new Float64Array(mean.length);
  const squares = new Float64Array(mean.length);
  for (let i = 0; i < labels.length; i++) {
    source.draw(i, new Random(seed, MEASURE_STREAM, i), rows);
    for (let j = 0; j < features.length; j++) {
      const at = j % mean.length;
      sum[at] += features[j];
      squares[at] += features[j] ** 2;
    }
  }
  const count = labels.length * (features.length / mean.length);
  for (let j = 0; j < mean.length; j++) {
    const center = sum[j] / count;
    const variance = Math.max(squares[j] / count - center ** 2, 0);
    mean[j] = center;
    inverseDeviation[j] = 1 / (Math.sqrt(variance) + LEAST_DEVIATION);
  }
  roundStandardisation(mean, inverseDeviation);
}
