import { aTraining, checkArguments, objectWith, optionsOf } from '../../core/arguments.js';
import { DivergenceError, InterruptedError } from '../../core/errors.js';
import { formatCount, shellWord } from '../../core/format.js';
import { restoreCheckpoint, takeCheckpoint } from '../../train/checkpoint.js';
import { type TrainEvent, trainInParts } from '../../train/train.js';
import type { Training } from '../../train/training.js';
import { CheckpointClock, PAUSE_EVERY } from '../checkpoint-clock.js';
import type { RunFolder } from './run-folder.js';
import { withLock } from './run-lock.js';

/** Who is told of a run, and who may end it. */
export interface RunOptions {
  readonly onEvent?: (event: TrainEvent) => void;
  /** Ends the run, within an epoch too; it can be resumed. */
  readonly signal?: AbortSignal;
  /** Least milliseconds between two checkpoints; 5,000 by default. With 0, there is one after each step. */
  readonly checkpointEvery?: number;
}

const anyRunOptions = optionsOf<RunOptions>({
  onEvent: true,
  signal: true,
  checkpointEvery: true,
});

/**
 * Runs a training to its end inside a run folder, from the folder's checkpoint if it has one, and saves the model.
 * @returns seconds of training, those before an interruption included
 * @throws InterruptedError, DivergenceError; the checkpoint is kept. InputError where somebody else trains in the folder
 */
export async function runTraining(training: Training, folder: RunFolder, options: RunOptions = {}): Promise<number> {
  checkArguments('runTraining', {
    training: [aTraining, training],
    folder: [objectWith('a run folder, as RunFolder.open gives it', 'path', 'log', 'recipe'), folder],
    options: [anyRunOptions, options],
  });
  return withLock(folder.path, () => runAlone(training, folder, options));
}

async function runAlone(training: Training, folder: RunFolder, options: RunOptions): Promise<number> {
  const clock = resume(training, folder);
  const { onEvent = () => {}, signal, checkpointEvery } = options;
  const checkpoints = new CheckpointClock(checkpointEvery);
  const pauseEvery = Math.min(PAUSE_EVERY, checkpointEvery ?? PAUSE_EVERY);
  try {
    for await (const event of trainInParts(training, pauseEvery, signal === undefined ? {} : { signal })) {
      if (event.type !== 'pause') {
        folder.log(event);
        onEvent(event);
      }
      if (event.type === 'evaluation' || !checkpoints.isDue) continue;
      const started = performance.now();
      save(training, folder, clock());
      checkpoints.kept(started);
    }
  } catch (error) {
    throw error instanceof DivergenceError ? withAdvice(error, folder) : error;
  }
  save(training, folder, clock());
  if (!training.done) throw interrupted(training, folder);
  folder.saveModel(training.model());
  return clock();
}

/** Goes to the last checkpoint, or makes the first one; returns a clock that counts on from it. */
function resume(training: Training, folder: RunFolder): () => number {
  const checkpoint = folder.checkpoint();
  const started = performance.now();
  const clock = () => (checkpoint?.seconds ?? 0) + (performance.now() - started) / 1000;
  folder.shortenLog(checkpoint?.logBytes ?? 0);
  if (checkpoint === undefined) save(training, folder, 0);
  else restoreCheckpoint(training, checkpoint, folder.file('checkpoint'));
  return clock;
}

function save(training: Training, folder: RunFolder, seconds: number): void {
  folder.saveCheckpoint(takeCheckpoint(training, { seconds, logBytes: folder.logBytes }));
}

function interrupted({ epoch, stepOfEpoch, recipe }: Training, { path }: RunFolder): InterruptedError {
  const more = stepOfEpoch > 0 ? ` and ${formatCount(stepOfEpoch)} steps of the next` : '';
  const done = `${epoch} of ${recipe.training.epochs} epochs${more} are saved`;
  return new InterruptedError(`Interrupted: ${done}. Continue with: anyrate train --resume ${shellWord(path)}`);
}

function withAdvice(error: DivergenceError, folder: RunFolder): DivergenceError {
  const { epoch, step } = folder.checkpoint()?.state ?? { epoch: 0, step: 0 };
  const moment = `after epoch ${epoch} and step ${formatCount(step)}`;
  return new DivergenceError(`${error.message} The last good state, ${moment}, is in ${folder.file('checkpoint')}.`);
}
