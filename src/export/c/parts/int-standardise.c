/* Where the tables of standardisation are read. */
static struct {
  const uint8_t *used;  /* a bit for each feature, nodes beginning with a byte of their own */
  const uint8_t *steps; /* from the mean and deviation of a feature to those of the next of its node */
} standard;

static void start_standardising(void)
{
  standard.used = used;
  standard.steps = steps;
}

/* (x - mean) / deviation of the features of the next node that the network uses, at most 6. */
static void standardise(value_t *features)
{
  static const int8_t ways[] = {-2, -1, 1, 2};
  const uint8_t *step = standard.steps;
  int32_t mean = 0, which = 0, factor = factors[0], shift = shifts[0];
  for (value_t *eight = features; eight < features + CHANNELS; eight += 8) {
    value_t *x = eight;
    for (unsigned bits = *standard.used++; bits; bits >>= 1, x++) {
      int32_t value;
      if (!(bits & 1)) continue;
      for (;;) {
        int32_t code = *step++;
        if (code < 64) {
          mean += code - 32;
          break;
        }
        for (int places = 5; code < 96; places += 5, code = *step++) mean += (code - 80) * ((int32_t)1 << places);
        which += code < 128 ? code - 112 : ways[(code >> 5) - 4];
        factor = factors[which];
        shift = shifts[which];
        if (code < 128) continue;
        mean += (code & 31) - 16;
        break;
      }
      value = ((*x * factor) >> shift) - mean * MEAN_UNIT;
      if ((uint32_t)(value + MOST) > 2u * MOST) value = value < 0 ? -MOST : MOST;
      *x = (value_t)value;
    }
  }
  standard.steps = step;
}
