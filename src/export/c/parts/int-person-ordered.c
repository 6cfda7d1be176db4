static int order[PERSONS]; /* who is the first person, and so on */

/* A person of a frame of the clip. */
static const int16_t *person_at(int frame, int person)
{
  return clip + (frame * PERSONS + order[person]) * PERSON;
}

/* The person who stands left in the first frames, of the recording or of the clip, becomes the first. */
static void order_persons(int n, int is_clip)
{
  enum { FIRST_FRAMES = 5 };
  int32_t x[PERSONS];
  const int firsts = n < FIRST_FRAMES ? n : FIRST_FRAMES;
  int were[PERSONS];
  for (int person = 0; person < PERSONS; person++) were[person] = is_clip ? order[person] : person;
  for (int person = 0; person < PERSONS; person++) {
    int at = person;
    int32_t middle[3], joint[3];
    x[person] = 0;
    for (int frame = 0; frame < firsts; frame++) {
      if (is_clip) {
        middle_of(clip + (frame * PERSONS + were[person]) * PERSON, root_joints, middle);
        x[person] += middle[0] * 16;
      }
      for (int i = 1; !is_clip && i <= root_joints[0]; i++) {
        if (fill(n, frame, person * JOINTS + root_joints[i], joint)) x[person] += joint[0] * 16 / root_joints[0];
        else x[person] += clip[person * PERSON + root_joints[i] * 3] * 16 / root_joints[0];
      }
    }
    for (; at > 0 && x[order[at - 1] ] > x[person]; at--) order[at] = order[at - 1];
    order[at] = person;
  }
  for (int i = 0; i < PERSONS; i++) order[i] = were[order[i]];
}
