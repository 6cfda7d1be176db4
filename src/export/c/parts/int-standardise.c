/* Where the tables of standardisation are read. */
static standard standardising;

static void start_standardising(void)
{
  standardising = standard_at(steps);
}

/* Standardises the features of the next node that the network uses; others are left as they are, zero, or read by nothing. */
APART static void standardise(value_t *x)
{
  standard next = standardising;
  const value_t *const end = x + CHANNELS;
  do {
    int count = take_step(&next);
    if (count < 0) {
      x -= count;
      do x[count] = (value_t)standardised(x[count], &next);
      while (++count);
    }
    x += count;
  } while (x < end);
  standardising = next;
}
