/* Where the ways from feature to feature are read, and how the one before is standardised. */
typedef struct {
  const uint8_t *step;
  int scale; /* which of them: the inverse deviation, 16 bits more than the number needs to become a feature */
  int32_t offset; /* the mean, less than zero */
} standard;

/* What the first feature is told from. */
static standard standard_at(const uint8_t *step)
{
  const standard first = {step, 0, 0};
  return first;
}

/* The bytes of a way that is not common. */
static void take_other(standard *next)
{
  int32_t digit, places = 0;
  next->scale += (int8_t)*next->step++;
  do {
    digit = *next->step++;
    next->offset += ((digit & 127) - 64) * ((int32_t)1 << places);
    places += 7;
  } while (digit & 128);
}

/* A way from the table of those that are common, in the highest six bits, or another; the lowest two count features after the
 * next one. How many are standardised alike, less than zero; or how many are left out. */
WITHIN static inline int take_step(standard *next)
{
  const int step = *next->step++;
  if (step < 62 * 4) {
    const int way = common_ways[step >> 2];
    next->scale += (int8_t)way;
    next->offset += way >> 8;
  } else if (step < 63 * 4) {
    return *next->step++;
  } else {
    take_other(next);
  }
  return ~(step & 3);
}

/* (x - mean) / deviation, at most 6. */
static int32_t standardised(int32_t x, const standard *next)
{
  const int32_t scale = scales[next->scale], offset = next->offset * MEAN_UNIT;
#if HAS_PAIRS
  const int32_t value = __smlawb(scale, x, offset);
#else
  const int32_t value = (scale >> 16) * x + (((scale & 0xffff) * x) >> 16) + offset;
#endif
  return (uint32_t)(value + MOST) <= 2u * MOST ? value : value < 0 ? -MOST : MOST;
}
