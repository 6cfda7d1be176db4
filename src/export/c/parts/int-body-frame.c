/* Side, up and forward axes of each person's mean pose; `up` is an axis, or 3 for the spine. */
static void body_frame(int up)
{
  for (int person = 0; person < PERSONS; person++) {
    body now = body_of(person, FRAMES);
    int32_t axes[3][3];
    turn(person, now.across);
    turn(person, now.spine);
    for (int axis = 0; axis < 3; axis++) axes[1][axis] = up == 3 ? now.spine[axis] : axis == up ? 16384 : 0;
    complete_axes(now.across, axes);
    set_axes(person, axes);
    poses[person].size = now.size ? now.size : 1;
  }
  is_rooted = is_own = 1;
}
