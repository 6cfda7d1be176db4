/* The way from a joint of the same person to a node along the axes in every frame, axis by axis; zero from none, which is -1. */
static void follow_way(int node, int from, int16_t *out)
{
  const int person = node / JOINTS, shift = poses[person].shift;
  const vector side = axis_of(poses[person].axes[0]), up = axis_of(poses[person].axes[1]), forward = axis_of(poses[person].axes[2]);
  const int32_t half = (int32_t)1 << shift >> 1;
  const int16_t *b = person_at(0, person) + node % JOINTS * 3, *a = from < 0 ? b : person_at(0, person) + from * 3;
  for (int left = FRAMES; left > 0; left--, a += NODES * 3, b += NODES * 3, out++) {
    const vector way = way_between(a, b);
    out[0] = limited(product_with(side, way, half) >> shift);
    out[FRAMES] = limited(product_with(up, way, half) >> shift);
    out[2 * FRAMES] = limited(product_with(forward, way, half) >> shift);
  }
}
