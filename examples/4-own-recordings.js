// node examples/4-own-recordings.js: recordings in a folder become a network of some kilobytes that answers.
import { fileURLToPath } from 'node:url';
import {
  automaticRecipe,
  createTraining,
  cut,
  encodeModel,
  evaluate,
  labelledSequences,
  loadDataset,
  train,
} from 'anyrate/node';
import { load } from 'anyrate/runtime';

const dataset = await loadDataset(fileURLToPath(new URL('hands', import.meta.url)));
console.log(`${dataset.samples.length} recordings of ${dataset.classes.join(', ')}, joints of ${dataset.layout.name}`);

// `anyrate train examples/hands` tries more, and trains longer.
const training = createTraining(automaticRecipe(dataset, { steps: 800 }), dataset);
for await (const _ of train(training));
const model = training.model();
training.close();

const tests = labelledSequences(model, dataset, dataset.splits[0].test);
for (const { rate, accuracy } of evaluate(model, tests, [0, 0.9, 0.98])) {
  console.log(
    `with ${((1 - rate) * 100).toFixed(0)} % of its weights right in ${(accuracy * 100).toFixed(0)} % of ${tests.length}`,
  );
}

const file = encodeModel(cut(model, { rate: 0.98 }));
const view = (await load(file)).view();
console.log(`a file of ${file.length} bytes says:`);
for (const [label, shown] of dataset.classes.entries()) {
  const { name, probability } = view.predict(tests.find((sequence) => sequence.label === label));
  console.log(`- ${name}, ${(probability * 100).toFixed(0)} %, where ${shown} is shown`);
}
