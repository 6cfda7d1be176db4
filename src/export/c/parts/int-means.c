/* Means over equal parts of the frames, or the steps between them, each `stride` after the last. */
static void write_means(const int16_t *values, int chunks, int steps, value_t *out, int stride)
{
  const int span = FRAMES / chunks;
  const int32_t share = 32768 / span;
  int32_t last = 0;
  for (int chunk = 0; chunk < chunks; chunk++) {
    int32_t mean = 0;
    for (int i = 0; i < span; i++) mean += *values++;
    mean = (mean * share + 16384) >> 15;
    if (chunk >= steps) {
      *out = clipped(steps ? mean - last : mean);
      out += stride;
    }
    last = mean;
  }
}
