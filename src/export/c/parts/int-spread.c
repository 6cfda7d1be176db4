/* The first layer: filters of a node's features, and what they give to the nodes that pay attention to it, at once. Runs are
 * values side by side, one for each filter of a head; of those that are read, `starts` says where they are and `filters_of` which. */
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
  for (int i = 0; i < GIVEN; i++) given[i] = 0;
}

/* What filters make of a node's features; nothing where that is not used. */
static void filter(int node, const value_t *x)
{
  const weight_t *weight = filters;
  const column_t *column = filter_columns;
  for (unsigned row = 0, at = (unsigned)node * FILTERS; row < FILTERS; row++, at++) {
    unsigned left = filter_counts[row];
    sum_t sum = 0;
    if ((live_filters[at / 8] >> (at % 8)) & 1) {
      for (; left > 0; left--) sum += *weight++ * x[*column++];
      sum = narrow(sum, FILTER_SHIFT);
    }
    weight += left;
    column += left;
    filtered[row] = (value_t)sum;
  }
}

static void spread(int node, const value_t *x)
{
  filter(node, x);
  for (const value_t *from = filtered; from < filtered + FILTERS; from += RUN) {
    const start_t *run = starts;
    for (int left = *spreading.count++; left > 0; left--) {
      const sum_t weight = *spreading.weight++;
      const filter_t *which, *end;
      sum_t *to;
      run += *spreading.step++;
      to = given + run[0];
      end = filters_of + run[1];
      for (which = filters_of + run[0]; which < end; which++) *to++ += weight * from[*which];
    }
  }
}

static void finish_spreading(value_t *y)
{
  for (int run = 0; run < RUNS; run++)
    for (int place = starts[run]; place < starts[run + 1]; place++) {
      const sum_t sum = given[place] + spread_biases[run % NODE_RUNS * RUN + filters_of[place]];
      y[place] = SPREAD_RECTIFIES && sum < 0 ? 0 : narrow(sum, SPREAD_SHIFT);
    }
}
