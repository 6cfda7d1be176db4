/* The first layer: filters of a node's features, and what they give to the nodes that pay attention to it, at once. Runs are
 * values side by side, one for each filter of a head; of those that are read `filters_of` says which they are, and which is the
 * LAST of its run. */
static value_t filtered[RUN];
static sum_t given[GIVEN];
static struct {
  const weight_t *weight;
  const step_t *step;
  const few_t *count;
  const wanted_t *wanted;
} spreading;

static void start_spreading(void)
{
  spreading.weight = attention;
  spreading.step = attention_steps;
  spreading.count = attention_counts;
  spreading.wanted = wanted_filters;
  for (int i = 0; i < GIVEN; i++) given[i] = spread_biases[i] * ((sum_t)1 << BIAS_SHIFT);
}

/* What filters of a run make of a node's features. Those that are wanted have a bit each, from the first one on; the last bit is
 * for all after it, too. */
APART static void filter(int run, int32_t wanted, const value_t *x)
{
  const tap *at = filters + filter_starts[run];
  const few_t *count = filter_counts + run * RUN;
  value_t *y = filtered;
  do {
    const tap *const end = at + *count++;
    if (wanted & 1) {
      sum_t sum = ((sum_t)1 << FILTER_SHIFT) >> 1;
      do sum += at->weight * x[at->column];
      while (++at != end);
      *y = (value_t)(sum >> FILTER_SHIFT);
    }
    at = end;
    y++;
    wanted >>= 1;
  } while (wanted && (RUN < 32 || y < filtered + RUN));
}

/* Adds what a run gives to values that are kept of another. */
APART static void give(sum_t weight, const filter_t *at, sum_t *to)
{
  unsigned which;
  do {
    which = *at++;
    *to++ += weight * filtered[which & (LAST - 1)];
  } while (!(which & LAST));
}

static void spread(const value_t *x)
{
  for (int run = 0; run < FILTERS / RUN; run++) {
    int left = *spreading.count++, place = 0;
    if (left > 0) filter(run, *spreading.wanted++, x);
    for (; left > 0; left--) {
      place += *spreading.step++;
      give(*spreading.weight++, filters_of + place, given + place);
    }
  }
}

static void finish_spreading(value_t *y)
{
  for (int i = 0; i < GIVEN; i++) {
    const value_t value = narrow(given[i], SPREAD_SHIFT);
    y[i] = SPREAD_RECTIFIES && value < 0 ? 0 : value;
  }
}
