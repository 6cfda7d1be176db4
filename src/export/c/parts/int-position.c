/* The way from the origin, or from the root of each frame, to a node, along an axis, in every frame. */
static void follow_position(int node, int axis, int16_t *out)
{
  const int person = node / JOINTS, shift = poses[person].shift;
  const int32_t x = poses[person].axes[axis][0], y = poses[person].axes[axis][1], z = poses[person].axes[axis][2];
  const int32_t half = (int32_t)1 << shift >> 1;
  const int32_t *fixed = poses[person].origin;
  for (int frame = 0; frame < FRAMES; frame++) {
    const int16_t *now = person_at(frame, person), *joint = now + node % JOINTS * 3;
    const int16_t *base = now + root_joints[1] * 3;
    int32_t way;
    if (is_rooted && root_joints[0] == 1) {
      way = (joint[0] - base[0]) * x + (joint[1] - base[1]) * y + (joint[2] - base[2]) * z;
    } else {
      int32_t origin[3] = {fixed[0], fixed[1], fixed[2]};
      if (is_rooted) middle_of(now, root_joints, origin);
      way = (joint[0] - origin[0]) * x + (joint[1] - origin[1]) * y + (joint[2] - origin[2]) * z;
    }
    out[frame] = clipped((way + half) >> shift);
  }
}
