/* Turns all persons into the side, up and forward axes of the first one in the first frames; `up` is an axis. */
static void heading(int up)
{
  enum { FIRST_FRAMES = 5 };
  body now = body_of(0, (int)FRAMES < (int)FIRST_FRAMES ? (int)FRAMES : (int)FIRST_FRAMES);
  int32_t axes[3][3];
  turn(0, now.across);
  for (int axis = 0; axis < 3; axis++) axes[1][axis] = axis == up ? 16384 : 0;
  complete_axes(now.across, axes);
  for (int person = 0; person < PERSONS; person++) set_axes(person, axes);
}
