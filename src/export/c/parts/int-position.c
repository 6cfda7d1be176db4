/* The way from the origin, or from the root of each frame, to a node along the axes in every frame, axis by axis. */
static void follow_position(int node, int16_t *out)
{
  const int person = node / JOINTS, shift = poses[person].shift;
  const int32_t half = (int32_t)1 << shift >> 1;
  for (int frame = 0; frame < FRAMES; frame++, out++) {
    const int16_t *now = person_at(frame, person);
    int32_t way[3];
    memcpy(way, poses[person].origin, sizeof way);
    if (is_rooted) middle_of(now, root_joints, way);
    for (int axis = 0; axis < 3; axis++) way[axis] = now[node % JOINTS * 3 + axis] - way[axis];
    for (int axis = 0; axis < 3; axis++) {
      const int32_t *along = poses[person].axes[axis];
      out[axis * FRAMES] = limited((way[0] * along[0] + way[1] * along[1] + way[2] * along[2] + half) >> shift);
    }
  }
}
