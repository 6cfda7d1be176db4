/* The last product: the logits as sums. */
static void classify_values(const product *p, const value_t *x)
{
  cursor at = start_of(p);
  for (int i = 0; i < CLASSES; i++) {
    logits[i] = p->biases[i];
    add_row(&at, x, 1, logits + i);
  }
}
