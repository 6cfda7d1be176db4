/* A coordinate of the vector from a node's parent to the node in every frame; zero where it has none. */
static void follow_bone(int node, int axis, int16_t *out)
{
  const int person = node / JOINTS, parent = parents[node % JOINTS], shift = poses[person].shift;
  const int32_t x = poses[person].axes[axis][0], y = poses[person].axes[axis][1], z = poses[person].axes[axis][2];
  const int32_t half = (int32_t)1 << shift >> 1;
  for (int frame = 0; frame < FRAMES; frame++) {
    const int16_t *now = person_at(frame, person), *joint = now + node % JOINTS * 3, *from = now + parent * 3;
    if (parent < 0) from = joint;
    out[frame] = clipped(((joint[0] - from[0]) * x + (joint[1] - from[1]) * y + (joint[2] - from[2]) * z + half) >> shift);
  }
}
