/* The person who stands left in the first frames becomes the first. */
static void order_persons(const float *recording, int n, float *sequence, int frames)
{
  enum { FIRST_FRAMES = 5 };
  static float before[PERSONS * PERSON];
  real x[PERSONS], middle[3];
  int order[PERSONS] = {0};
  const int firsts = n < FIRST_FRAMES ? n : FIRST_FRAMES;
  for (int person = 0; person < PERSONS; person++) {
    int at = person;
    real sum = 0;
    for (int frame = 0; frame < firsts; frame++) {
      middle_of(frame_at(recording, n, frame) + person * PERSON, root_joints, middle);
      sum += middle[0];
    }
    x[person] = sum * (1 / (real)firsts);
    for (; at > 0 && x[order[at - 1]] > x[person]; at--) order[at] = order[at - 1];
    order[at] = person;
  }
  for (int frame = 0; frame < frames; frame++, sequence += PERSONS * PERSON) {
    memcpy(before, sequence, sizeof before);
    for (int person = 0; person < PERSONS; person++) {
      memcpy(sequence + person * PERSON, before + order[person] * PERSON, PERSON * sizeof(float));
    }
  }
}
