/* Stores the features of a node that are kept, by their channels; returns the end of what is stored. */
static value_t *keep(int node, const value_t *features, value_t *x)
{
  for (int i = 0, at = node * CHANNELS; i < CHANNELS; i++, at++)
    if ((stored[at / 8] >> (at % 8)) & 1) *x++ = features[written_at[i]];
  return x;
}
