/* Side, up and forward axes of each person's mean pose; `up` is an axis, or 3 for the spine. */
static void body_frame(float *sequence, int n, int up)
{
  for (int person = 0; person < PERSONS; person++) {
    const body whole = body_of(sequence, n, person);
    real axes[3][3], *upward = axes[1];
    for (int axis = 0; axis < 3; axis++) upward[axis] = up == 3 ? whole.spine[axis] : axis == up;
    if (up == 3) scale(upward, inverse(square_root(dot(upward, upward))));
    complete_axes(whole.across, axes);
    for (int axis = 0; axis < 3; axis++) scale(axes[axis], inverse(whole.size));
    move(sequence, n, person, NULL, axes);
  }
}
