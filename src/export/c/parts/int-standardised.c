/* Where the ways from feature to feature are read, and how the one before is standardised. */
typedef struct {
  const uint8_t *step;
  const int32_t *scale; /* the inverse deviation, 16 bits more than the number needs to become a feature */
  int32_t offset; /* the mean, less than zero */
} standard;

/* What the first feature is told from. */
static standard standard_at(const uint8_t *step)
{
  const standard first = {step, scales, 0};
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

/* A way from the table of those that are common, in the lowest six bits, or another. How many features after the next one are
 * standardised alike; or how many are left out, less than zero. */
WITHIN static inline int take_step(standard *next)
{
  int code = *next->step++, more = 0;
  if (code >= 62) {
    more = code >> 6;
    code &= 63;
    if (code == 62) return more < 3 ? ~more : -*next->step++;
    if (code == 63) {
      take_other(next);
      return more;
    }
  }
  next->scale += common_ways[2 * code];
  next->offset += common_ways[2 * code + 1];
  return more;
}

/* (x - mean) / deviation, at most 6. */
static int32_t standardised(int32_t x, const standard *next)
{
  const int32_t scale = *next->scale, offset = next->offset * MEAN_UNIT;
#if HAS_PAIRS
  const int32_t value = __smlawb(scale, x, offset);
#else
  const int32_t value = (scale >> 16) * x + (((scale & 0xffff) * x) >> 16) + offset;
#endif
  return (uint32_t)(value + MOST) <= 2u * MOST ? value : value < 0 ? -MOST : MOST;
}
