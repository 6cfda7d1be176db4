static real dot(const real a[3], const real b[3])
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void scale(real a[3], real factor)
{
  for (int axis = 0; axis < 3; axis++) a[axis] *= factor;
}

/* Side, up and forward axes of each person's mean pose; `up` is an axis, or 3 for the spine. */
static void body_frame(float *sequence, int n, int up)
{
  for (int person = 0; person < PERSONS; person++) {
    body own = body_of(sequence, n, person);
    real axes[3][3], *side = axes[0], *upward = axes[1], *forward = axes[2];
    for (int axis = 0; axis < 3; axis++) upward[axis] = up == 3 ? own.spine[axis] : axis == up;
    if (up == 3) scale(upward, inverse(square_root(dot(upward, upward))));
    const real lean = dot(own.across, upward);
    for (int axis = 0; axis < 3; axis++) side[axis] = own.across[axis] - upward[axis] * lean;
    scale(side, inverse(square_root(dot(side, side))));
    for (int axis = 0; axis < 3; axis++) {
      const int next = (axis + 1) % 3, last = (axis + 2) % 3;
      forward[axis] = side[next] * upward[last] - side[last] * upward[next];
    }
    for (int axis = 0; axis < 3; axis++) scale(axes[axis], inverse(own.size));
    move(sequence, n, person, NULL, axes);
  }
}
