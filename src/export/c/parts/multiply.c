/* y += W x, over and over: the stored weights of a matrix, row by row, and where they meet x and y. */
typedef struct {
  const weight_t *weights;
  const gap_t *gaps;     /* columns from one weight of a row to the next */
  const count_t *counts; /* weights of each row */
  float scale;           /* what the weights are multiplied by */
  int rows, group_rows;  /* the rows come in groups, each with values of its own */
  int x_group, x_column; /* from group to group, and from column to column */
  int y_group, y_row;
  int repeat, x_step, y_step;
} product;

static void multiply(const product *p, const float *restrict x, float *restrict y)
{
  const weight_t *weight = p->weights;
  const gap_t *gap = p->gaps;
  for (int row = 0; row < p->rows; row++) {
    const float *from = x + row / p->group_rows * p->x_group;
    float *to = y + row / p->group_rows * p->y_group + row % p->group_rows * p->y_row;
    for (int left = p->counts[row]; left > 0; left--) {
      const float w = p->scale * (float)*weight++;
      from += *gap++ * p->x_column;
      for (int i = 0; i < p->repeat; i++) to[i * p->y_step] += w * from[i * p->x_step];
    }
  }
}
