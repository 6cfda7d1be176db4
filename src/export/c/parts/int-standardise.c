/* Where the tables of standardisation are read. */
static struct {
  const uint8_t *used; /* a bit for each feature, nodes beginning with a byte of their own */
  standard next;
} standardising;

static void start_standardising(void)
{
  standardising.used = used;
  standardising.next = standard_at(steps);
}

/* Standardises the features of the next node that the network uses. */
static void standardise(value_t *features)
{
  standard next = standardising.next;
  for (value_t *eight = features; eight < features + CHANNELS; eight += 8) {
    value_t *x = eight;
    for (unsigned bits = *standardising.used++; bits; bits >>= 1, x++)
      if (bits & 1) *x = standardised(*x, &next);
  }
  standardising.next = next;
}
