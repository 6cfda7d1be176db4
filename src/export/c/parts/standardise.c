/* (x - mean) / deviation of the features that the network uses, clamped; zero for the others. */
static void standardise(float *features)
{
  const mean_t *mean = means;
  const uint8_t *inverse = inverses;
  for (int i = 0; i < NODES * CHANNELS; i++) {
    if ((used[i / 8] >> (i % 8)) & 1) {
      const float factor = inverse_deviations[*inverse++];
      const float middle = (float)(*mean++ / (8 * (real)factor));
      const real x = ((real)features[i] - middle) * factor;
      features[i] = (float)(x < -6 ? -6 : x > 6 ? 6 : x);
    } else {
      features[i] = 0;
    }
  }
}
