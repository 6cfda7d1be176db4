/* The standardisation of the next feature that is used. */
typedef struct {
  const int8_t *mean;
  const wide_t *wide; /* means that do not fit into 8 bits */
  int feature;
} standard;

/* (x - mean) / deviation of the features of a node that the network uses, at most 6; zero for the others. */
static void standardise(int node, standard *next, value_t *out)
{
  standard here = *next;
  for (int i = 0; i < CHANNELS; i++) {
    const int at = node * CHANNELS + i;
    if ((used[at / 8] >> (at % 8)) & 1) {
      const int which = {{inverse}}, bits = shifts[which];
      const int32_t times = (int32_t)out[i] * factors[which], mean = *here.mean++;
      const int32_t x = (bits < 0 ? times >> -bits : times * ((int32_t)1 << bits)) - (mean == -128 ? *here.wide++ : mean) * MEAN_UNIT;
      here.feature++;
      out[i] = (value_t)(x < -MOST ? -MOST : x > MOST ? MOST : x);
    } else {
      out[i] = 0;
    }
  }
  *next = here;
}
