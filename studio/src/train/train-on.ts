// Training on from a network, also where there are classes that it did not know. Runs in the engine.
import {
  createTraining,
  type Dataset,
  type Model,
  type ModelParameters,
  parseRecipe,
  type Recipe,
} from 'anyrate/browser';

/** Share of a recipe's epochs that a network gets which is trained on. */
const SHARE = 1 / 3;

/** The recipe of a network that is trained on: as it was, but shorter, unless somebody says how long. */
export function shorter(recipe: Recipe, epochs: number | undefined): Recipe {
  const { training } = recipe;
  const fewer = epochs ?? Math.ceil(training.epochs * SHARE);
  return parseRecipe({ ...recipe, training: { ...training, epochs: fewer } }, 'recipe of the last network');
}

/** Where the training of a recipe starts from a network: the classes that it did not know are drawn at random. */
export function startOf(before: Model, recipe: Recipe, dataset: Dataset): ModelParameters {
  const training = createTraining(recipe, dataset);
  try {
    return grown(before, training.model());
  } finally {
    training.close();
  }
}

/** The numbers of a network, for the classes of another one of the same recipe; what it lacks is that one's. */
export function grown(before: Model, fresh: Model): ModelParameters {
  const [from, to] = [before.parameters, fresh.parameters];
  const rows = fresh.description.classes.map((name) => before.description.classes.indexOf(name));
  const last = to.latents.length - 1;
  const latents = to.latents.map((tensor, t) =>
    t === last ? withRows(tensor, from.latents[t], rows) : from.latents[t],
  );
  const biases = to.biases.map((curve, b) => {
    const known = from.biases[b];
    if (b < to.biases.length - 1) return known;
    const values = curve.values.map((value, i) => {
      const row = rows[i % curve.size];
      return row < 0 ? value : known.values[Math.floor(i / curve.size) * known.size + row];
    });
    return { ...curve, values };
  });
  return { ...to, latents, gains: from.gains, biases };
}

/** The classifier, [classes][units], with the rows of classes that are known. */
function withRows(tensor: Float32Array, known: Float32Array, rows: readonly number[]): Float32Array {
  const units = tensor.length / rows.length;
  return tensor.map((value, i) => {
    const row = rows[Math.floor(i / units)];
    return row < 0 ? value : known[row * units + (i % units)];
  });
}
