/* Mean, least, greatest and deviation over the frames. */
static value_t *put_statistics(value_t *out)
{
  *out++ = summary.mean;
  *out++ = summary.least;
  *out++ = summary.greatest;
  *out++ = summary.deviation;
  return out;
}
