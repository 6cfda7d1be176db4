/* The way from a joint of the same person to a node along the axes in every frame, axis by axis; zero from none, which is -1. */
static void follow_way(int node, int from, int16_t *out)
{
  const int person = node / JOINTS, shift = poses[person].shift;
  const int32_t *const axes = poses[person].axes[0];
  const int32_t half = (int32_t)1 << shift >> 1;
  const int16_t *b = person_at(0, person) + node % JOINTS * 3, *a = from < 0 ? b : person_at(0, person) + from * 3;
  for (int left = FRAMES; left > 0; left--, a += NODES * 3, b += NODES * 3, out++) {
    const int32_t x = b[0] - a[0], y = b[1] - a[1], z = b[2] - a[2];
    out[0] = limited((half + x * axes[0] + y * axes[1] + z * axes[2]) >> shift);
    out[FRAMES] = limited((half + x * axes[3] + y * axes[4] + z * axes[5]) >> shift);
    out[2 * FRAMES] = limited((half + x * axes[6] + y * axes[7] + z * axes[8]) >> shift);
  }
}
