
/* From a person of a frame to where a place's person was last: the mean over the joints that both show; the greatest number if
 * there are none, infinite if the person is not seen. */
static double distance_to(const float *person, const float *last)
{
  double sum = 0;
  int common = 0, is_seen = 0;
  for (int i = 0; i < PERSON; i++) {
    const double way = (double)person[i] - (double)last[i];
    is_seen |= !isnan(person[i]);
    if (isnan(way)) continue;
    sum += way * way;
    common++;
  }
  return common ? sum / common : is_seen ? DBL_MAX : HUGE_VAL;
}

/* Takes a frame; a joint without a coordinate is lost in all three. Its persons go, nearest first, to where somebody was last,
 * others to where nobody has been. Whether anybody is seen. */
static int place(const float *frame)
{
  static float read[CELL];
  int is_placed[PERSONS] = {0}, is_taken[PERSONS] = {0}, round = 0;
  for (int at = 0; at < CELL; at += 3) {
    const int is_lost_joint = isnan(frame[at] + frame[at + 1] + frame[at + 2]);
    for (int axis = 0; axis < 3; axis++) read[at + axis] = is_lost_joint ? NAN : frame[at + axis];
  }
  for (int i = 0; i < CELL; i++) stream.frame[i] = NAN;
  for (; round < PERSONS; round++) {
    double least = HUGE_VAL;
    int from = 0, to = 0;
    for (int i = 0; i < PERSONS; i++) {
      for (int j = 0; j < PERSONS && !is_placed[i]; j++) {
        const double distance = is_taken[j] ? HUGE_VAL : distance_to(read + i * PERSON, stream.last + j * PERSON);
        if (!(distance < least || (distance == least && i == j))) continue;
        least = distance;
        from = i;
        to = j;
      }
    }
    if (!(least < HUGE_VAL)) break;
    memcpy(stream.frame + to * PERSON, read + from * PERSON, PERSON * sizeof(float));
    is_placed[from] = is_taken[to] = 1;
  }
  return round > 0;
}
