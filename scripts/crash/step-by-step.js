// step-by-step.js RECIPE FOLDER: trains in a run folder, or goes on there, with a checkpoint after every step.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTraining, loadDataset, loadRecipe, RunFolder, runTraining } from '../../dist/node.js';

const [recipe, path] = process.argv.slice(2);
const folder = existsSync(join(path, 'recipe.json')) ? RunFolder.open(path) : RunFolder.create(path, resolved());
const training = createTraining(folder.recipe(), await loadDataset(folder.recipe().data));
await runTraining(training, folder, { checkpointEvery: 0 });
training.close();

/** As the command keeps it: its data are found from anywhere. */
function resolved() {
  const loaded = loadRecipe(recipe);
  return { ...loaded, data: join(process.cwd(), loaded.data) };
}
