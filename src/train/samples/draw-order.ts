import type { Random } from '../../core/random.js';

/**
 * The order in which an epoch draws the training sequences: each once or, balanced, as often in all as there are sequences,
 * every class alike to within one. A class with fewer than its share is drawn again from the start, shuffled anew.
 *
 * @param labels the class of each training sequence
 */
export function drawOrder(labels: ArrayLike<number>, random: Random, isBalanced: boolean): Int32Array {
  const order = Int32Array.from({ length: labels.length }, (_, i) => i);
  return random.shuffle(isBalanced ? balanced(order, labels, random) : order);
}

function balanced(indices: Int32Array, labels: ArrayLike<number>, random: Random): Int32Array {
  const members = new Map<number, number[]>();
  for (const index of indices) members.set(labels[index], [...(members.get(labels[index]) ?? []), index]);
  const classes = [...members.values()].map((all) => ({ all: random.shuffle(all), drawn: 0 }));
  const turns = random.shuffle([...classes.keys()]); // whose turn comes once more than the others' is drawn, too
  return indices.map((_, place) => {
    const group = classes[turns[place % turns.length]];
    if (group.drawn > 0 && group.drawn % group.all.length === 0) random.shuffle(group.all);
    return group.all[group.drawn++ % group.all.length];
  });
}
