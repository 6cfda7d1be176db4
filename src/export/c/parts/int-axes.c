static int32_t dot(const int32_t a[3], const int32_t b[3])
{
  return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + 8192) >> 14;
}

/* A vector of length 16384, or zero. */
static void unit(int32_t a[3])
{
  int32_t most = 0, length;
  int doublings = 0;
  for (int axis = 0; axis < 3; axis++) most = a[axis] > most ? a[axis] : -a[axis] > most ? -a[axis] : most;
  if (most == 0) return;
  for (; most >= 16384; most /= 2) doublings--;
  for (; most < 8192; most *= 2) doublings++;
  for (int axis = 0; axis < 3; axis++)
    a[axis] = doublings > 0 ? a[axis] * ((int32_t)1 << doublings) : a[axis] / ((int32_t)1 << -doublings);
  length = (int32_t)(root(square_of(a)) >> 8);
  for (int axis = 0; axis < 3; axis++) a[axis] = a[axis] * 16384 / length;
}

/* A unit vector in a person's axes so far. */
static void turn(int person, int32_t a[3])
{
  int32_t turned[3];
  unit(a);
  for (int axis = 0; axis < 3; axis++) turned[axis] = dot(poses[person].axes[axis], a);
  memcpy(a, turned, sizeof turned);
}

/* Unit axes side, up and forward; the middle one is given, and side is across made square to it. */
static void complete_axes(const int32_t across[3], int32_t axes[3][3])
{
  int32_t *side = axes[0], *upward = axes[1], *forward = axes[2];
  const int32_t lean = dot(across, upward);
  for (int axis = 0; axis < 3; axis++) side[axis] = across[axis] - ((upward[axis] * lean) >> 14);
  unit(side);
  for (int axis = 0; axis < 3; axis++) {
    const int after = (axis + 1) % 3, last = (axis + 2) % 3;
    forward[axis] = (side[after] * upward[last] - side[last] * upward[after]) >> 14;
  }
}

/* Turns a person's frame of reference into axes that are given in it. */
static void set_axes(int person, int32_t axes[3][3])
{
  int32_t turned[3][3];
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      int32_t sum = 8192;
      for (int k = 0; k < 3; k++) sum += axes[i][k] * poses[person].axes[k][j];
      turned[i][j] = sum >> 14;
    }
  memcpy(poses[person].axes, turned, sizeof turned);
}
