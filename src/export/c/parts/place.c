
/* Takes a frame; a joint without a coordinate is lost in all three. Whether any is seen. */
static int place(const float *frame)
{
  int is_seen = 0;
  for (int at = 0; at < CELL; at += 3) {
    const int is_lost_joint = isnan(frame[at] + frame[at + 1] + frame[at + 2]);
    for (int axis = 0; axis < 3; axis++) stream.frame[at + axis] = is_lost_joint ? NAN : frame[at + axis];
    is_seen |= !is_lost_joint;
  }
  return is_seen;
}
