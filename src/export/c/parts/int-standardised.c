/* Where the ways from feature to feature are read, and how the one before is standardised. */
typedef struct {
  const uint8_t *step;
  int alike; /* features that are standardised as the one before */
  int32_t mean, which;
} standard;

/* What the first feature is told from. */
static standard standard_at(const uint8_t *step)
{
  const standard first = {step, 0, 0, 0};
  return first;
}

/* A way from the table of those that are common, in the lowest six bits, or the bytes of another. */
static void take_step(standard *next)
{
  const int32_t code = *next->step++;
  next->alike = code >> 6;
  if ((code & 63) < 63) {
    next->mean += mean_ways[code & 63];
    next->which += inverse_ways[code & 63];
  } else {
    int32_t digit, places = 0;
    next->which += (int8_t)*next->step++;
    do {
      digit = *next->step++;
      next->mean += ((digit & 127) - 64) * ((int32_t)1 << places);
      places += 7;
    } while (digit & 128);
  }
}

/* (x - mean) / deviation of the next feature, at most 6. */
static value_t standardised(value_t x, standard *next)
{
  int32_t value;
  if (next->alike == 0) take_step(next);
  else next->alike--;
  value = ((x * factors[next->which]) >> shifts[next->which]) - next->mean * MEAN_UNIT;
  if ((uint32_t)(value + MOST) > 2u * MOST) value = value < 0 ? -MOST : MOST;
  return (value_t)value;
}
