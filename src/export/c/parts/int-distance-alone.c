/* The distance from a joint to another of the frame. */
WITHIN static inline int16_t distance_between(const int16_t *a, const int16_t *b, uint32_t factor, int shift)
{
  int halvings;
  const uint32_t digits = root_of(square_of_way(way_between(a, b)), &halvings);
  return limited(((int32_t)(digits * factor >> halvings) + ((int32_t)1 << shift >> 1)) >> shift);
}

/* The distance from a node to another in every frame; where pairs are worked on, in four frames at a time. */
APART static void follow_distance(int node, int target, int16_t *out)
{
  enum { AT_ONCE = HAS_PAIRS && FRAMES % 4 == 0 ? 4 : 1, FRAME = NODES * 3 };
  const int shift = poses[0].shift;
  const uint32_t factor = poses[0].size ? poses[0].size : 16384;
  const int16_t *a = clip + node * 3, *b = clip + target * 3;
  const int16_t *const end = out + FRAMES;
  do {
    out[0] = distance_between(a, b, factor, shift);
    if (AT_ONCE == 4) {
      out[1] = distance_between(a + FRAME, b + FRAME, factor, shift);
      out[2] = distance_between(a + 2 * FRAME, b + 2 * FRAME, factor, shift);
      out[3] = distance_between(a + 3 * FRAME, b + 3 * FRAME, factor, shift);
    }
    out += AT_ONCE;
    a += AT_ONCE * FRAME;
    b += AT_ONCE * FRAME;
  } while (out != end);
}
