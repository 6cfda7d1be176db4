/* Mean, standard deviation, least and greatest over the frames, each `stride` after the last. */
static void write_statistics(const float *track, float *out, int stride)
{
  real sum = 0, squares = 0, mean, variance;
  float least = track[0], greatest = track[0];
  for (int frame = 0; frame < FRAMES; frame++) {
    const real value = (real)track[frame] - (real)track[0];
    sum += value;
    squares += value * value;
    if (track[frame] < least) least = track[frame];
    if (track[frame] > greatest) greatest = track[frame];
  }
  mean = sum / FRAMES;
  variance = squares / FRAMES - mean * mean;
  out[0] = (float)((real)track[0] + mean);
  out[stride] = (float)square_root(variance > 0 ? variance : 0);
  out[2 * stride] = least;
  out[3 * stride] = greatest;
}
