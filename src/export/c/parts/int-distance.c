/* The distance from a node to another in every frame: of the same frame of reference as they are on the grid, else by axes. */
static void follow_distance(int node, int target, int16_t *out)
{
  const int person = node / JOINTS, other = target / JOINTS;
  if (person == other || !is_rooted) {
    const int32_t factor = poses[person].size ? (int32_t)poses[person].size : 16384;
    for (int frame = 0; frame < FRAMES; frame++) {
      const int16_t *a = person_at(frame, person) + node % JOINTS * 3, *b = person_at(frame, other) + target % JOINTS * 3;
      int32_t way[3];
      for (int axis = 0; axis < 3; axis++) way[axis] = a[axis] - b[axis];
      out[frame] = limited(((int32_t)((root(square_of(way)) + 128) >> 8) * factor + ((int32_t)1 << poses[person].shift >> 1)) >> poses[person].shift);
    }
    return;
  }
  {
    static int16_t there[3 * FRAMES];
    follow_position(node, out);
    follow_position(target, there);
    for (int frame = 0; frame < FRAMES; frame++) {
      int32_t way[3];
      for (int axis = 0; axis < 3; axis++) way[axis] = (out[axis * FRAMES + frame] - there[axis * FRAMES + frame]) / 2;
      out[frame] = limited((int32_t)(root(square_of(way)) >> 7));
    }
  }
}
