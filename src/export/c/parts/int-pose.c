/* The frame of reference of each person: a coordinate is the product of an axis and the way from the origin, over the size. */
static struct {
  int32_t axes[3][3]; /* 16384 is 1 */
  int32_t origin[3];
  uint32_t size; /* in 1 / 256 steps of the grid; 0 for none */
  int shift;     /* of products, to become numbers with TRACK_BITS bits after the point */
} poses[PERSONS];
static int is_rooted, is_own; /* the origin is the root in each frame; the size is the person's own */

static void start_poses(void)
{
  is_rooted = is_own = 0;
  for (int person = 0; person < PERSONS; person++) {
    poses[person].size = 0;
    for (int axis = 0; axis < 3; axis++) {
      for (int other = 0; other < 3; other++) poses[person].axes[axis][other] = other == axis ? 16384 : 0;
      poses[person].origin[axis] = -grid.origin[axis];
    }
  }
}

/* A shift of a recording that is neither a point nor beyond all that the network was trained on. */
static int within(int shift)
{
  return shift < 0 ? 0 : shift > 30 ? 30 : shift;
}

/* Products with the axes, and the shift that makes numbers of them. */
static void finish_poses(void)
{
  for (int person = 0; person < PERSONS; person++) {
    uint32_t size = poses[person].size;
    int halvings = 0;
    poses[person].shift = within(14 - TRACK_BITS - grid.exponent);
    if (!size) continue;
    for (; size >= 16384; size /= 2) halvings++;
    for (; size < 8192; size *= 2) halvings--;
    poses[person].shift = within(19 + halvings - TRACK_BITS);
    poses[person].size = 16384u * 8192 / size;
    for (int axis = 0; axis < 9; axis++)
      poses[person].axes[axis / 3][axis % 3] = poses[person].axes[axis / 3][axis % 3] * 8192 / (int32_t)size;
  }
}
