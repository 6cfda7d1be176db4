import { join } from 'node:path';
import { selectSplit } from '../../data/splits.js';
import { validationName } from '../../data/validation.js';
import type { RunFolder } from '../../run/node/run-folder.js';
import { type Experiment, type RunResult, runOne } from './one.js';
import { runPart } from './part.js';

/** The folder, inside that of a calibrated run, of the run without the validation part. */
export const VALIDATION_FOLDER = 'validation';

/**
 * Trains one network; a recipe that calibrates trains another before it, in the same way but without validation part 1,
 * and takes its temperatures.
 */
export async function runNetwork(experiment: Experiment, openFolder: () => RunFolder): Promise<RunResult> {
  const { recipe, dataset } = experiment;
  if (!recipe.calibrate) return runOne(experiment, openFolder);
  const split = validationName(selectSplit(dataset, recipe.split).name, 1);
  const folder = openFolder();
  const heldOut = { ...experiment, recipe: { ...recipe, split, calibrate: false } };
  console.error(`Without the validation part (${split}), for the temperatures`);
  const validation = await runPart(heldOut, join(folder.path, VALIDATION_FOLDER), folder.path);
  console.error('With all training sequences');
  return { ...(await runOne(experiment, () => folder, validation.model)), validation: validation.result };
}
