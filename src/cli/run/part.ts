import { InterruptedError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { holdsRun, RunFolder } from '../../run/node/run-folder.js';
import { type Experiment, type RunResult, runOne } from './one.js';

/** Runs, or goes on with, a run in a folder that is part of a `whole`. */
export async function runPart(
  experiment: Experiment,
  path: string,
  whole: string,
): Promise<{ readonly result: RunResult; readonly model: Model }> {
  const open = () => (holdsRun(path) ? RunFolder.open(path) : RunFolder.create(path, experiment.recipe));
  const result = await resumable(whole, path, () => runOne(experiment, open));
  return { result, model: RunFolder.open(path).model() };
}

/** Tells who interrupts a part how to go on with the whole. */
export async function resumable<Result>(whole: string, path: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError(`Interrupted in ${path}, which is saved. Go on with: anyrate train --resume ${whole}`);
  }
}
