/* The standardisation of the next feature that is used. */
typedef struct {
  const mean_t *mean;
  const uint8_t *inverse;
} standard;

/* (x - mean) / deviation of the features of a node that the network uses, clamped; zero for the others. */
static void standardise(int node, standard *next, float *features)
{
  for (int i = 0; i < CHANNELS; i++) {
    if (uses(node * CHANNELS + i, 1, 1)) {
      const float factor = inverse_deviations[*next->inverse++];
      const float middle = (float)(*next->mean++ / (8 * (real)factor));
      const real x = ((real)features[i] - (real)middle) * (real)factor;
      features[i] = (float)(x < -6 ? -6 : x > 6 ? 6 : x);
    } else {
      features[i] = 0;
    }
  }
}
