/* Standardises the features of a node that the network uses; zero for the others. */
static void standardise(int node, standard *next, value_t *out)
{
  for (int i = 0; i < CHANNELS; i++) {
    const int at = node * CHANNELS + i;
    out[i] = (used[at / 8] >> (at % 8)) & 1 ? standardised(out[i], next) : 0;
  }
}
