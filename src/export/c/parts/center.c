/* Moves the origin to each person's root, or to the mean root of all; divides by the mean size if scaled. */
static void center(float *sequence, int n, int shared, int scaled)
{
  real middle[3] = {0, 0, 0}, axes[3][3] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}, size = 0;
  for (int person = 0; person < PERSONS; person++) {
    const body whole = body_of(sequence, n, person);
    for (int axis = 0; axis < 3; axis++) middle[axis] += whole.middle[axis] / PERSONS;
    size += whole.size / PERSONS;
  }
  for (int axis = 0; axis < 3; axis++) axes[axis][axis] = scaled ? inverse(size) : 1;
  for (int person = 0; person < PERSONS; person++) move(sequence, n, person, shared ? middle : NULL, axes);
}
