/* The middle of some joints of a person, which is at `person`; a list starts with its length. */
static void middle_of(const int16_t *person, const uint16_t *joints, int32_t middle[3])
{
  const int32_t count = joints[0];
  for (int axis = 0; axis < 3; axis++) {
    int32_t sum = 0;
    for (int i = 1; i <= count; i++) sum += person[joints[i] * 3 + axis];
    middle[axis] = count == 1 ? sum : sum / count;
  }
}
