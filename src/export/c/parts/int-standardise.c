/* Where the tables of standardisation are read. */
static standard standardising;

static void start_standardising(void)
{
  standardising = standard_at(steps);
}

/* Standardises the features of the next node that the network uses; others are left as they are: zero, or read by nothing. */
APART static void standardise(value_t *x)
{
  standard next = standardising;
  const value_t *const end = x + CHANNELS;
  do {
    const int more = take_step(&next);
    if (more < 0) {
      x -= more;
    } else {
      const value_t *const last = x + more;
      do *x = (value_t)standardised(*x, &next);
      while (x++ != last);
    }
  } while (x < end);
  standardising = next;
}
