/* The middle of some joints of a person, which is at `person`; a list starts with its length. */
static void middle_of(const float *person, const uint16_t *joints, real middle[3])
{
  for (int axis = 0; axis < 3; axis++) middle[axis] = 0;
  for (int i = 1; i <= joints[0]; i++) {
    for (int axis = 0; axis < 3; axis++) middle[axis] += (real)person[joints[i] * 3 + axis] / joints[0];
  }
}
