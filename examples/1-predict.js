// node examples/1-predict.js: what is recorded here? The answer of one network at several sizes.
import { readFileSync } from 'node:fs';
import { loadDataset } from 'anyrate/node';
import { load } from 'anyrate/runtime';

const model = await load(readFileSync(new URL('irds.anyrate', import.meta.url)));
const { samples, splits, classes } = await loadDataset('irds');
const recording = samples[splits[0].test[0]]; // { frames, persons, joints, positions }
console.log(`recorded: ${classes[recording.label]}`);

for (const rate of [0, 0.9, 0.98]) {
  const view = model.view(rate);
  const { name, probability } = view.predict(recording);
  console.log(`${view.nonzeros} weights: ${name}, ${(100 * probability).toFixed(1)} %`);
}
