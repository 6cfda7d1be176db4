/* What each class usually gets: logarithms of the probabilities, less their mean, in 1 / 256. */
static const int16_t usual[CLASSES][CLASSES] = {
{{means}}
};

/* 256 times a square root. */
static uint64_t long_root(uint64_t x)
{
  int doublings = 0;
  for (; x >> 32; x >>= 2) doublings++;
  return (uint64_t)root((uint32_t)x) << doublings;
}

/* How alike the probabilities are to those that a class usually gets: a cosine, in 1 / 32768. */
static int32_t likeness(int label)
{
  int64_t sum = 0, squares = 0, product_sum = 0, sum_of_mean = 0, squares_of_mean = 0, length;
  int best = 0;
  for (int i = 1; i < CLASSES; i++) best = logits[i] > logits[best] ? i : best;
  for (int i = 0; i < CLASSES; i++) {
    const int32_t value = -(int32_t)(behind(best, i) >> 8), mean = usual[label][i];
    sum += value;
    squares += value * value;
    product_sum += value * mean;
    sum_of_mean += mean;
    squares_of_mean += mean * mean;
  }
  squares = squares * CLASSES - sum * sum;
  squares_of_mean = squares_of_mean * CLASSES - sum_of_mean * sum_of_mean;
  length = (int64_t)((long_root((uint64_t)squares) * long_root((uint64_t)squares_of_mean)) >> 16);
  return (int32_t)((product_sum * CLASSES - sum * sum_of_mean) * 32768 / (length > 0 ? length : 1));
}

