import { afterEach, expect, test, vi } from 'vitest';
import { toyDataset, toyRecipe, toySplit } from './support/toy.js';

const dataset = toyDataset();
const recipe = toyRecipe();

afterEach(() => void vi.doUnmock('../src/core/version.js'));

/** What saved results and checkpoints know a training by. */
async function identities(): Promise<string[]> {
  vi.resetModules();
  const { createJob } = await import('../src/run/jobs/node/job-key.js');
  const { trainingIdentity } = await import('../src/train/checkpoint.js');
  const { Training } = await import('../src/train/training.js');
  const training = new Training(recipe, dataset, toySplit());
  return [
    createJob({ method: 'mrmp', recipe: { ...recipe, split: 'quarter' }, rates: [0] }, dataset).key,
    trainingIdentity(training),
  ];
}

test('results and checkpoints of another revision of training are those of others', async () => {
  const [result, checkpoint] = await identities();
  expect(await identities()).toEqual([result, checkpoint]);
  vi.doMock('../src/core/version.js', async (original) => ({ ...(await original<object>()), TRAINING_REVISION: 999 }));
  const [later, laterCheckpoint] = await identities();
  expect(later).not.toBe(result);
  expect(laterCheckpoint).not.toBe(checkpoint);
});
