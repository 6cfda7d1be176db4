/* From the mean of each part to that of the next. */
static value_t *put_steps(int parts, const value_t *means, value_t *out)
{
  int32_t before = *means;
  for (; parts > 1; parts--) {
    const int32_t now = *++means;
    *out++ = (value_t)(now - before);
    before = now;
  }
  return out;
}
