/* What each class usually gets: logarithms of the probabilities, less their mean. */
static const double usual[CLASSES][CLASSES] = {
{{means}}
};

/* How alike the probabilities are to those that a class usually gets: a cosine. */
static double likeness(int label)
{
  double sum = 0, squares = 0, product_sum = 0, sum_of_mean = 0, squares_of_mean = 0, length;
  for (int i = 0; i < CLASSES; i++) {
    const double value = log((double)stream.now[i] + 1e-30), mean = usual[label][i];
    sum += value;
    squares += value * value;
    product_sum += value * mean;
    sum_of_mean += mean;
    squares_of_mean += mean * mean;
  }
  length = (squares - sum * sum / CLASSES) * squares_of_mean;
  return (product_sum - sum * sum_of_mean / CLASSES) / sqrt(length > 0 ? length : 1);
}

