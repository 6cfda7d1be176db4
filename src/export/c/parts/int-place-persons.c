/* How far a person of a frame is from where another was last: the mean over the joints that both show; the greatest number if
 * there are none, and one less if the person is seen. */
static uint32_t distance_to(const float *person, int place)
{
  uint32_t sum = 0, common = 0;
  int is_seen = 0;
  for (int node = place * JOINTS; node < (place + 1) * JOINTS; node++, person += 3) {
    int32_t now[3];
    if (!see_joint(person, now)) continue;
    is_seen = 1;
    if (!is_set(stream.has_last, node)) continue;
    for (int axis = 0; axis < 3; axis++) now[axis] = (now[axis] - stream.last[node * 3 + axis]) / 2;
    sum += (uint32_t)(now[0] * now[0] + now[1] * now[1] + now[2] * now[2]) / JOINTS;
    common++;
  }
  return common ? sum / common * JOINTS : 0xffffffffu - (uint32_t)is_seen;
}

/* Persons go, nearest first, to where somebody was last, others to where nobody has been; -1 of one who is not seen. */
static void find_places(const float *frame, int *places)
{
  int is_taken[PERSONS] = {0};
  for (int i = 0; i < PERSONS; i++) places[i] = -1;
  for (;;) {
    uint32_t least = 0xffffffffu;
    int from = 0, to = 0;
    for (int i = 0; i < PERSONS; i++) {
      for (int j = 0; j < PERSONS && places[i] < 0; j++) {
        const uint32_t distance = is_taken[j] ? 0xffffffffu : distance_to(frame + i * PERSON, j);
        if (!(distance < least || (distance == least && distance < 0xffffffffu && i == j))) continue;
        least = distance;
        from = i;
        to = j;
      }
    }
    if (least == 0xffffffffu) return;
    places[from] = to;
    is_taken[to] = 1;
  }
}
