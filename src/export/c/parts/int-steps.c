/* From the mean of each part to that of the next. */
static value_t *put_steps(int parts, const value_t *means, value_t *out)
{
  for (; parts > 1; parts--, means++) *out++ = (value_t)(means[1] - means[0]);
  return out;
}
