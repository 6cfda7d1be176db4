import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createTraining,
  decodeAnyset,
  encodeAnyset,
  encodeModel,
  loadDataset,
  parseRecipe,
  selectSplit,
} from '../../src/node.js';

/** A training for pages, of seconds: a part of ui-prmd, the recipe of it with a smaller network, and the bytes that Node makes of them. */
export async function smallTraining(epochs: number) {
  const recipe = JSON.parse(readFileSync(new URL('../../recipes/ui-prmd.json', import.meta.url), 'utf8'));
  recipe.network = [
    { kind: 'graph-convolution', heads: 2, filters: 8, combine: 'concatenate', dropout: 0.3 },
    { kind: 'dense', units: 16, dropout: 0.3 },
  ];
  const whole = await loadDataset('ui-prmd');
  const { train, test } = selectSplit(whole);
  const [trained, tested] = [train.filter((_, i) => i % 5 === 0), test.filter((_, i) => i % 20 === 0)];
  const split = {
    ...whole.splits[0],
    train: [...trained.keys()],
    test: [...tested.keys()].map((i) => i + trained.length),
  };
  const samples = [...trained, ...tested].map((i) => whole.samples[i]);
  const file = encodeAnyset({ ...whole, samples, splits: [split] }, 0.5);
  const training = createTraining(parseRecipe(recipe, 'recipe', { epochs }), decodeAnyset(file, 'part'));
  while (!training.done) training.runEpoch();
  return { recipe, file, expected: digest(encodeModel(training.model())) };
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
