/* Logits to probabilities; the most probable class. */
static int softmax(float *probabilities)
{
  int best = 0;
  float sum = 0;
  for (int i = 1; i < CLASSES; i++) best = logits[i] > logits[best] ? i : best;
  for (int i = 0; i < CLASSES; i++) sum += probabilities[i] = expf((logits[i] - logits[best]) / temperature);
  for (int i = 0; i < CLASSES; i++) probabilities[i] /= sum;
  return best;
}
