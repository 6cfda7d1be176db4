/* Whether the network uses any of some features, which are `stride` apart. */
static int uses(int first, int count, int stride)
{
  for (; count > 0; count--, first += stride)
    if ((used[first / 8] >> (first % 8)) & 1) return 1;
  return 0;
}
