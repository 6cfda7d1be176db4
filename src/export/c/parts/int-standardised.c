/* The standardisation of the next feature that is used. */
typedef struct {
  const int8_t *mean;
  const wide_t *wide; /* means that do not fit into 8 bits */
  int feature;
} standard;

/* (x - mean) / deviation of the next feature, at most 6. */
static value_t standardised(value_t value, standard *next)
{
  const standard here = *next;
  const int which = {{inverse}}, bits = shifts[which];
  const int32_t times = (int32_t)value * factors[which], mean = *next->mean++;
  const int32_t x = (bits < 0 ? times >> -bits : times * ((int32_t)1 << bits)) - (mean == -128 ? *next->wide++ : mean) * MEAN_UNIT;
  next->feature++;
  return (value_t)(x < -MOST ? -MOST : x > MOST ? MOST : x);
}
