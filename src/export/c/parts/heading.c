/* Turns all persons into the side, up and forward axes of the first one in the first frames; `up` is an axis. */
static void heading(float *sequence, int n, int up)
{
  enum { FIRST_FRAMES = 5 };
  const body first = body_of(sequence, n < FIRST_FRAMES ? n : FIRST_FRAMES, 0);
  const real origin[3] = {0, 0, 0};
  real axes[3][3];
  for (int axis = 0; axis < 3; axis++) axes[1][axis] = axis == up;
  complete_axes(first.across, axes);
  for (int person = 0; person < PERSONS; person++) move(sequence, n, person, origin, axes);
}
