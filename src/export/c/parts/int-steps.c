/* From the mean of each part to that of the next. */
static value_t *put_steps(int parts, value_t *out)
{
  for (int part = 1; part < parts; part++) *out++ = (value_t)(summary.parts[part] - summary.parts[part - 1]);
  return out;
}
