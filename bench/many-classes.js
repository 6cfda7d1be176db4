// node bench/many-classes.js [--steps 3000] [--seeds 1] [--recipe automatic|irds|irds-tiny] [--paths]
// Many classes: who does what. Of five healthy people of irds each of the nine movements is a class of its own, 45 in all, of about
// six recordings to learn from and as many to test on. It prints a line of JSON a training; docs/results/many-classes.md has
// the means. `--paths`: with `ramp` 0.6 and `paths`.
import { parseArgs } from 'node:util';
import { automaticRecipe, createTraining, evaluate, labelledSequences, loadDataset, loadRecipe } from '../dist/node.js';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '3000' },
    seeds: { type: 'string', default: '1' },
    recipe: { type: 'string', default: 'automatic' },
    paths: { type: 'boolean', default: false },
  },
});
const PEOPLE = ['101', '102', '103', '105', '106'];
const RATES = [0, 0.9, 0.98, 0.99, 0.995];
const BATCH = 32;

const dataset = peopleAndMovements(await loadDataset('irds'));
for (let seed = 1; seed <= Number(values.seeds); seed++) {
  const training = createTraining(withPaths(recipeOf(seed, Number(values.steps))), dataset);
  while (!training.done) training.runEpoch();
  const model = training.model();
  const { train, test } = dataset.splits[0];
  const accuracies = evaluate(model, labelledSequences(model, dataset, test), RATES).map(({ accuracy }) => accuracy);
  const counts = { classes: dataset.classes.length, train: train.length, test: test.length };
  console.log(
    JSON.stringify({
      recipe: values.recipe,
      paths: values.paths,
      seed,
      ...counts,
      weights: model.network.weightCount,
      accuracies,
    }),
  );
  training.close();
}

/** Every second recording of a person's movement is of the training part. */
function peopleAndMovements({ samples, classes, ...rest }) {
  const names = PEOPLE.flatMap((person) => classes.map((name) => `${name}-of-${person}`));
  const kept = samples.filter(({ subject }) => PEOPLE.includes(subject));
  const seen = new Map();
  const [train, test] = [[], []];
  const labelled = kept.map((sample, index) => {
    const label = PEOPLE.indexOf(sample.subject) * classes.length + sample.label;
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    (count % 2 === 0 ? train : test).push(index);
    return { ...sample, label };
  });
  const splits = [{ name: 'every-second', train, test }];
  return { ...rest, name: 'irds-45', classes: names, samples: labelled, splits };
}

/** The rules of the automatic recipe, or what a built-in recipe of irds has, but that it mirrors nothing. */
function recipeOf(seed, steps) {
  const automatic = automaticRecipe(dataset, { seed, steps });
  if (values.recipe === 'automatic') return automatic;
  const { network, preprocessing, augmentation, pruning } = loadRecipe(values.recipe);
  const unmirrored = augmentation.filter(({ step }) => step !== 'mirror');
  const epochs = Math.ceil(steps / Math.floor(dataset.splits[0].train.length / BATCH));
  const training = { ...automatic.training, batch: BATCH, epochs };
  return { ...automatic, network, preprocessing, augmentation: unmirrored, pruning, training };
}

function withPaths(recipe) {
  return values.paths ? { ...recipe, pruning: { ...recipe.pruning, ramp: 0.6, paths: true } } : recipe;
}
