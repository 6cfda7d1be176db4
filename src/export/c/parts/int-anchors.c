/* The middle of some joints of a person, which is at `person`; a list starts with its length. */
static void middle_of(const int16_t *person, const uint16_t *joints, int32_t middle[3])
{
  const int count = joints[0];
  for (int axis = 0; axis < 3; axis++) middle[axis] = person[joints[1] * 3 + axis];
  if (count == 1) return;
  for (int axis = 0; axis < 3; axis++) {
    for (int i = 2; i <= count; i++) middle[axis] += person[joints[i] * 3 + axis];
    middle[axis] /= count;
  }
}
