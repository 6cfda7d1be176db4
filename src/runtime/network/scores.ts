/** Index of the greatest number; the first of equal ones. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Probabilities of classes from their logits; a temperature above 1 makes them less sure. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scores = Array.from(logits);
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - most) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
