/* The way from the origin, or from the root of the frame, to each node, along each axis. */
static void find_ways(int frame, int32_t *way)
{
  for (int person = 0; person < PERSONS; person++) {
    const int shift = poses[person].shift;
    const int32_t half = (int32_t)1 << shift >> 1;
    const int16_t *joint = person_at(frame, person);
    int32_t origin[3];
    memcpy(origin, poses[person].origin, sizeof origin);
    if (is_rooted) middle_of(joint, root_joints, origin);
    for (int i = 0; i < JOINTS; i++, joint += 3)
      for (int axis = 0; axis < 3; axis++) {
        const int32_t *along = poses[person].axes[axis];
        const int32_t sum = (joint[0] - origin[0]) * along[0] + (joint[1] - origin[1]) * along[1] + (joint[2] - origin[2]) * along[2];
        *way++ = (sum + half) >> shift;
      }
  }
}
