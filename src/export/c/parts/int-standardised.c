/* Where the ways from feature to feature are read, and how the one before is standardised. */
typedef struct {
  const uint8_t *step; /* from a feature's mean and deviation to those of the next */
  int32_t mean, which, factor, shift;
} standard;

/* What the first feature is told from. */
static standard standard_at(const uint8_t *step)
{
  const standard first = {step, 0, 0, factors[0], shifts[0]};
  return first;
}

static void take_step(standard *next)
{
  static const int8_t near[] = {-2, -1, 1, 2};
  for (;;) {
    int32_t code = *next->step++;
    if (code < 64) {
      next->mean += code - 32;
      return;
    }
    for (int places = 5; code < 96; places += 5, code = *next->step++) next->mean += (code - 80) * ((int32_t)1 << places);
    next->which += code < 128 ? code - 112 : near[(code >> 5) - 4];
    next->factor = factors[next->which];
    next->shift = shifts[next->which];
    if (code < 128) continue;
    next->mean += (code & 31) - 16;
    return;
  }
}

/* (x - mean) / deviation of the next feature, at most 6. */
static value_t standardised(value_t x, standard *next)
{
  int32_t value;
  take_step(next);
  value = ((x * next->factor) >> next->shift) - next->mean * MEAN_UNIT;
  if ((uint32_t)(value + MOST) > 2u * MOST) value = value < 0 ? -MOST : MOST;
  return (value_t)value;
}
