/** Training sequences as a stream shows them: windows that are not centred, with what was recorded around a movement. */
import { Random } from '../../core/random.js';
import type { Dataset, Sample } from '../../data/dataset.js';
import { frameRateOf, median, secondsOf } from '../../data/durations.js';
import { smoothRecording } from '../../data/smooth-recording.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import type { Augmentation, Augmentations } from '../../skeleton/augmentation.js';
import type { Recipe } from '../recipe/recipe.js';

const WINDOW_STREAM = 11;
/** A window of what means nothing lies in it to this share: the rest may be a movement. */
const NOTHING_SHARE = 0.75;
/** A window may go beyond the recording by this share of its length; its first or last pose is held there. */
const HELD_SHARE = 0.25;

type WindowStep = Extract<Augmentation, { step: 'windows' }>;

/** The step that adds windows, if a recipe has one. */
export function windowStepOf(augmentation: Augmentations): WindowStep | undefined {
  return augmentation.find((step) => step.step === 'windows');
}

/** How many training sequences a sample becomes: itself, and its windows. */
export function sequencesOfEach(augmentation: Augmentations): number {
  return 1 + (windowStepOf(augmentation)?.each ?? 0);
}

/** The sequences that are trained on: so many for each sample, one after the other, the sample itself first. */
export function* trainingSequences(
  recipe: Pick<Recipe, 'augmentation' | 'seed' | 'oneEuro'>,
  dataset: Pick<Dataset, 'samples' | 'classes' | 'nothing'>,
  train: readonly number[],
): Generator<SkeletonSequence> {
  const step = windowStepOf(recipe.augmentation);
  const seconds = step === undefined ? 0 : windowSeconds(dataset, train, step.length);
  for (const index of train) {
    const sample = smoothRecording(dataset.samples[index], recipe);
    yield sample;
    if (step === undefined) continue;
    const random = new Random(recipe.seed, WINDOW_STREAM, index);
    const frames = Math.max(2, Math.round(seconds * frameRateOf(sample)));
    const starts = startsOf(sample, frames, isNothing(sample, dataset) ? undefined : step.share);
    for (let i = 0; i < step.each; i++) {
      yield starts === undefined
        ? sample
        : windowAt(sample, starts[0] + random.integer(starts[1] - starts[0] + 1), frames);
    }
  }
}

/** So many times the median length of the training movements. */
export function windowSeconds(
  dataset: Pick<Dataset, 'samples' | 'classes' | 'nothing'>,
  train: readonly number[],
  length: number,
): number {
  const samples = train.map((index) => dataset.samples[index]);
  const movements = samples.filter((sample) => !isNothing(sample, dataset));
  return length * median((movements.length > 0 ? movements : samples).map(secondsOf));
}

function isNothing({ label }: Sample, { classes, nothing = [] }: Pick<Dataset, 'classes' | 'nothing'>): boolean {
  return nothing.includes(classes[label]);
}

/**
 * The first and the last frame at which a window may start, in the recording around the sample; undefined if none fits.
 * @param share of the movement, or of the window if that is shorter, that it shows at least; undefined for what means nothing
 */
function startsOf(
  sample: Sample,
  frames: number,
  share: number | undefined,
): [first: number, last: number] | undefined {
  const { first = 0, sequence = sample } = sample.within ?? {};
  const end = first + sample.frames;
  const shown = Math.ceil(share === undefined ? NOTHING_SHARE * frames : share * Math.min(frames, sample.frames));
  if (shown > sample.frames) return undefined;
  const held = Math.floor(HELD_SHARE * frames);
  const least = Math.max(first - frames + shown, -held);
  const most = Math.min(end - shown, sequence.frames - frames + held);
  return least <= most ? [least, most] : ([0, 0].map(() => Math.round((first + end - frames) / 2)) as [number, number]);
}

/** So many frames of the recording around a sample; before its first and after its last one, these are held. */
function windowAt(sample: Sample, start: number, frames: number): SkeletonSequence {
  const { persons, joints, positions, seconds, frames: all } = sample.within?.sequence ?? sample;
  const width = persons * joints * 3;
  const places = Array.from({ length: frames }, (_, i) => Math.min(Math.max(start + i, 0), all - 1));
  const window = new Float32Array(frames * width);
  for (const [i, place] of places.entries()) {
    window.set(positions.subarray(place * width, (place + 1) * width), i * width);
  }
  const sequence = { frames, persons, joints, positions: window };
  if (seconds === undefined) return sequence;
  const step = 1 / frameRateOf({ frames: all, seconds });
  return { ...sequence, seconds: Float64Array.from(places, (place, i) => seconds[place] + (start + i - place) * step) };
}
