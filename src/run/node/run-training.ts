import { anyOptions, aTraining, checkArguments, objectWith } from '../../core/arguments.js';
import { DivergenceError, InterruptedError } from '../../core/errors.js';
import { shellWord } from '../../core/format.js';
import { restoreCheckpoint, takeCheckpoint } from '../../train/checkpoint.js';
import { type TrainEvent, train } from '../../train/train.js';
import type { Training } from '../../train/training.js';
import type { RunFolder } from './run-folder.js';
import { withLock } from './run-lock.js';

/** Time between two checkpoints, in milliseconds. */
const CHECKPOINT_INTERVAL = 5000;

/** Who is told of a run, and who may end it. */
export interface RunOptions {
  readonly onEvent?: (event: TrainEvent) => void;
  /** Ends the run after the epoch that is under way; it can be resumed. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a training to its end inside a run folder, from the folder's checkpoint if it has one, and saves the model.
 * @returns seconds of training, those before an interruption included
 * @throws InterruptedError, DivergenceError; the checkpoint is kept. InputError where somebody else trains in the folder
 */
export async function runTraining(training: Training, folder: RunFolder, options: RunOptions = {}): Promise<number> {
  checkArguments('runTraining', {
    training: [aTraining, training],
    folder: [objectWith('a run folder, as RunFolder.open gives it', 'path', 'log', 'recipe'), folder],
    options: [anyOptions, options],
  });
  return withLock(folder.path, () => runAlone(training, folder, options));
}

async function runAlone(training: Training, folder: RunFolder, options: RunOptions): Promise<number> {
  const clock = resume(training, folder);
  const { onEvent = () => {}, signal } = options;
  let saved = performance.now();
  try {
    for await (const event of train(training, signal === undefined ? {} : { signal })) {
      folder.log(event);
      onEvent(event);
      if (event.type !== 'epoch' || performance.now() - saved < CHECKPOINT_INTERVAL) continue;
      save(training, folder, clock());
      saved = performance.now();
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

function interrupted({ epoch, recipe }: Training, { path }: RunFolder): InterruptedError {
  const done = `${epoch} of ${recipe.training.epochs} epochs are saved`;
  return new InterruptedError(`Interrupted: ${done}. Continue with: anyrate train --resume ${shellWord(path)}`);
}

function withAdvice(error: DivergenceError, folder: RunFolder): DivergenceError {
  const epoch = folder.checkpoint()?.state.epoch;
  return new DivergenceError(
    `${error.message} The last good state, after epoch ${epoch}, is in ${folder.file('checkpoint')}.`,
  );
}
