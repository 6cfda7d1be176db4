static real dot(const real a[3], const real b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void scale(real a[3], real factor)
{
  for (int axis = 0; axis < 3; axis++) a[axis] *= factor;
}

/* Unit axes side, up and forward; the middle one is given, and side is across made square to it. */
static void complete_axes(const real across[3], real axes[3][3])
{
  real *side = axes[0], *upward = axes[1], *forward = axes[2];
  const real lean = dot(across, upward);
  for (int axis = 0; axis < 3; axis++) side[axis] = across[axis] - upward[axis] * lean;
  scale(side, inverse(square_root(dot(side, side))));
  for (int axis = 0; axis < 3; axis++) {
    const int next = (axis + 1) % 3, last = (axis + 2) % 3;
    forward[axis] = side[next] * upward[last] - side[last] * upward[next];
  }
}
