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
      out[frame] = clipped(((int32_t)((root(square_of(way)) + 128) >> 8) * factor + ((int32_t)1 << poses[person].shift >> 1)) >> poses[person].shift);
    }
    return;
  }
  {
    static uint32_t squares[FRAMES];
    memset(squares, 0, sizeof squares);
    for (int axis = 0; axis < 3; axis++) {
      static int16_t there[FRAMES];
      follow_position(node, axis, out);
      follow_position(target, axis, there);
      for (int frame = 0; frame < FRAMES; frame++) {
        const int32_t way = (out[frame] - there[frame]) / 2;
        squares[frame] += (uint32_t)(way * way);
      }
    }
    for (int frame = 0; frame < FRAMES; frame++) out[frame] = clipped((int32_t)(root(squares[frame]) >> 7));
  }
}
