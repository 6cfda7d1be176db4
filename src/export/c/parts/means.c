/* Means over equal parts of the frames, or the steps between them, each `stride` after the last. */
static void write_means(const float *track, int chunks, int steps, float *out, int stride)
{
  const int span = FRAMES / chunks;
  const real share = 1 / (real)span;
  float last = 0;
  for (int chunk = 0; chunk < chunks; chunk++) {
    float mean = 0;
    for (int i = 0; i < span; i++) mean = (float)((real)mean + (real)*track++ * share);
    if (chunk >= steps) {
      *out = steps ? mean - last : mean;
      out += stride;
    }
    last = mean;
  }
}
