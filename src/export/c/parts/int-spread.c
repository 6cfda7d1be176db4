/* The first layer: filters of a node's features, and what they give to the nodes that pay attention to it, at once. Runs are
 * values side by side, one for each filter of a head; of those that are read `filters_of` says which they are, and which is the
 * LAST of its run. */
static value_t filtered[FILTERS];
static sum_t given[GIVEN];
static struct {
  const weight_t *weight;
  const step_t *step;
  const few_t *count;
} spreading;

static void start_spreading(void)
{
  spreading.weight = attention;
  spreading.step = attention_steps;
  spreading.count = attention_counts;
  for (int i = 0; i < GIVEN; i++) given[i] = spread_biases[i] * ((sum_t)1 << BIAS_SHIFT);
}

/* Which filters of the next node are read: 1 each. */
static void find_filters(void)
{
  const step_t *step = spreading.step;
  const few_t *count = spreading.count;
  for (int i = 0; i < FILTERS; i++) filtered[i] = 0;
  for (value_t *to = filtered; to < filtered + FILTERS; to += RUN) {
    const filter_t *which = filters_of;
    for (int left = *count++; left > 0; left--) {
      const filter_t *at = which += *step++;
      do to[*at & (LAST - 1)] = 1;
      while (!(*at++ & LAST));
    }
  }
}

/* What filters make of a node's features; nothing where that is not read. */
static void filter(const value_t *x)
{
  const weight_t *weight = filters;
  const column_t *column = filter_columns;
  find_filters();
  for (int row = 0; row < FILTERS; row++) {
    unsigned left = filter_counts[row];
    sum_t sum = 0;
    if (filtered[row]) {
      for (; left > 0; left--) sum += *weight++ * x[*column++];
      sum = narrow(sum, FILTER_SHIFT);
    }
    weight += left;
    column += left;
    filtered[row] = (value_t)sum;
  }
}

static void spread(const value_t *x)
{
  filter(x);
  for (const value_t *from = filtered; from < filtered + FILTERS; from += RUN) {
    const filter_t *which = filters_of;
    for (int left = *spreading.count++; left > 0; left--) {
      const sum_t weight = *spreading.weight++;
      const filter_t *at = which += *spreading.step++;
      sum_t *to = given + (which - filters_of);
      do *to++ += weight * from[*at & (LAST - 1)];
      while (!(*at++ & LAST));
    }
  }
}

static void finish_spreading(value_t *y)
{
  for (int i = 0; i < GIVEN; i++) y[i] = SPREAD_RECTIFIES && given[i] < 0 ? 0 : narrow(given[i], SPREAD_SHIFT);
}
