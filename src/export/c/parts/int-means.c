static value_t *put_means(int parts, value_t *out)
{
  for (int part = 0; part < parts; part++) *out++ = summary.parts[part];
  return out;
}
