/* The standardisation of the next feature that is used. */
typedef struct {
  const mean_t *mean;
  const uint8_t *inverse;
} standard;

/* Standardises the features of a node that the network uses; zero for the others. */
static void standardise(int node, standard *next, float *features)
{
  for (int i = 0; i < CHANNELS; i++) {
    const int is_used = uses(node * CHANNELS + i, 1, 1);
    features[i] = is_used ? standardised(features[i], next->mean++, next->inverse++) : 0;
  }
}
