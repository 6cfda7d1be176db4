/* A unit; returns the end of what is stored. */
static value_t *multiply_unit(const product *p, cursor *at, const value_t *x, value_t *y)
{
  const bias_t *bias = p->biases;
  if (p->is_shared) rewind_weights(at, p);
  for (int row = 0; row < p->rows; row++) {
    const int width = p->widths ? p->widths[row] : 1;
    for (int i = 0; i < width; i++) sums[i] = bias ? *bias++ : 0;
    add_row(at, x, width, sums);
    for (int i = 0; i < width; i++, at->value++) {
      if (p->kept && !((p->kept[at->value / 8] >> (at->value % 8)) & 1)) continue;
      *y++ = p->is_rectified && sums[i] < 0 ? 0 : narrow(sums[i], p->shift);
    }
  }
  return y;
}
