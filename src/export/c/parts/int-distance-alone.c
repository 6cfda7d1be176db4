/* The distance from a node to another in every frame. */
APART static void follow_distance(int node, int target, int16_t *out)
{
  const int shift = poses[0].shift;
  const int32_t half = (int32_t)1 << shift >> 1;
  const uint32_t factor = poses[0].size ? poses[0].size : 16384;
  const int16_t *a = clip + node * 3, *b = clip + target * 3;
  const int16_t *const end = out + FRAMES;
  do {
    int halvings;
    const uint32_t digits = root_of(square_of_way(way_between(a, b)), &halvings);
    *out++ = limited(((int32_t)(digits * factor >> halvings) + half) >> shift);
    a += NODES * 3;
    b += NODES * 3;
  } while (out != end);
}
