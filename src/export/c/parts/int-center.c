/* Moves the origin to each person's root, or to the mean root of all; divides by the mean size if scaled. */
static void center(int is_shared, int is_scaled)
{
  int32_t middle[3] = {0, 0, 0};
  uint32_t size = 0;
  for (int person = 0; person < PERSONS; person++) {
    const body now = body_of(person, FRAMES);
    for (int axis = 0; axis < 3; axis++) middle[axis] += now.middle[axis] / FRAMES / PERSONS;
    size += now.size / PERSONS;
  }
  for (int person = 0; person < PERSONS; person++) {
    if (is_scaled && !is_own) poses[person].size = size ? size : 1;
    if (!is_rooted) memcpy(poses[person].origin, middle, sizeof middle);
  }
  if (!is_shared) is_rooted = 1;
}
