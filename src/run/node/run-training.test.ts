import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../test/support/toy.js';
import { createTraining } from '../../train/create-training.js';
import { RunFolder } from './run-folder.js';
import { runTraining } from './run-training.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-run-'));
afterAll(() => rmSync(root, { recursive: true }));

const recipe = toyRecipe({}, { epochs: 3, batch: 5 });
const EPOCH_STEPS = 6;

/** Goes on with a training in a folder until the signal has been looked at so many times. */
async function runOn(folder: RunFolder, looks = Number.POSITIVE_INFINITY): Promise<string> {
  const training = createTraining(recipe, toyDataset());
  let looked = 0;
  const signal = {
    get aborted() {
      return looked++ >= looks;
    },
  } as AbortSignal;
  try {
    await runTraining(training, folder, { signal, checkpointEvery: 0 });
    return 'done';
  } catch (error) {
    return (error as Error).message;
  } finally {
    training.close();
  }
}

const filesOf = ({ path }: RunFolder) => ['log.jsonl', 'model.anyrate'].map((name) => readFileSync(join(path, name)));

test('ended within epochs again and again, a run goes on to the same log and model', async () => {
  const whole = RunFolder.create(join(root, 'whole'), recipe);
  expect(await runOn(whole)).toBe('done');
  const parts = RunFolder.create(join(root, 'parts'), recipe);
  const messages: string[] = [];
  for (let message = ''; message !== 'done'; ) {
    message = await runOn(parts, 4);
    messages.push(message);
  }
  expect(messages[0]).toBe(
    `Interrupted: 0 of 3 epochs and 4 steps of the next are saved. Continue with: anyrate train --resume ${parts.path}`,
  );
  expect(messages).toHaveLength(Math.ceil((3 * EPOCH_STEPS + 1) / 4));
  expect(filesOf(parts)).toEqual(filesOf(whole));
});
