/* The distance from a node to another in every frame. */
static void follow_distance(int node, int target, int16_t *out)
{
  const int shift = poses[0].shift;
  const uint32_t half = (uint32_t)1 << shift >> 1, factor = poses[0].size ? poses[0].size : 16384;
  const int16_t *a = clip + node * 3, *b = clip + target * 3;
  for (int left = FRAMES; left > 0; left--, a += NODES * 3, b += NODES * 3) {
    const int32_t x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    const uint32_t square = (uint32_t)(x * x) + (uint32_t)(y * y) + (uint32_t)(z * z);
    int halvings;
    const uint32_t digits = root_of(square | 1, &halvings);
    const uint32_t length = (((digits * factor) >> halvings) + half) >> shift;
    *out++ = (int16_t)(length > 16383 ? 16383 : length);
  }
}
