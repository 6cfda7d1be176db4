/* The distance from a node to another in every frame. */
static void follow_distance(int node, int target, int16_t *out)
{
  const int shift = poses[0].shift;
  const int32_t half = (int32_t)1 << shift >> 1;
  const int32_t factor = poses[0].size ? (int32_t)poses[0].size : 16384;
  for (int frame = 0; frame < FRAMES; frame++) {
    const int16_t *now = person_at(frame, 0), *a = now + node * 3, *b = now + target * 3;
    const int32_t x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    const uint32_t square = (uint32_t)(x * x) + (uint32_t)(y * y) + (uint32_t)(z * z);
    const int32_t length = (int32_t)((root(square) + 128) >> 8);
    out[frame] = clipped((length * factor + half) >> shift);
  }
}
