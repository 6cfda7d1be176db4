/* y = W x + b, unit by unit: rows of a unit after one another, and the values of a row side by side. */
typedef struct {
  const weight_t *weights;
  const gap_t *gaps;     /* values of x from one weight of a row to the next */
  const count_t *counts; /* weights of each row */
  const bias_t *biases;  /* of each value of a unit, or NULL */
  const uint8_t *kept;   /* a bit for each value of all units: whether it is stored; or NULL */
  const uint16_t *widths; /* values of each row of a unit, or NULL where each has one */
  int units, rows, step; /* rows of a unit; values of x from unit to unit */
  int is_shared, is_rectified; /* every unit has the same weights; negative values become zero */
  int shift;             /* bits that sums lose when they are stored */
} product;

/* The next weights, and how many values came before. */
typedef struct {
  const weight_t *weight;
  const gap_t *gap;
  const count_t *count;
  int value;
} cursor;

static void rewind_weights(cursor *at, const product *p)
{
  at->weight = p->weights;
  at->gap = p->gaps;
  at->count = p->counts;
}

static cursor start_of(const product *p)
{
  cursor at;
  rewind_weights(&at, p);
  at.value = 0;
  return at;
}

/* Adds the products of a row to the sums of its values. */
static void add_row(cursor *at, const value_t *x, int width, sum_t *to)
{
  const weight_t *weight = at->weight;
  const gap_t *step = at->gap;
  int left = *at->count++;
  if (WIDEST == 1 || width == 1) {
    sum_t sum = to[0];
    if (left > 0) {
      do {
        x += *step++;
        sum += *weight++ * *x;
      } while (--left > 0);
    }
    to[0] = sum;
  } else {
    for (; left > 0; left--) {
      const weight_t w = *weight++;
      x += *step++;
      for (int i = 0; i < width; i++) to[i] += w * x[i];
    }
  }
  at->weight = weight;
  at->gap = step;
}
