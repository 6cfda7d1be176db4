
/* Smooths where each joint is seen: the one-euro filter, a low-pass whose cutoff rises with the speed. */
static void smooth(double time)
{
  const real turn = (real)6.283185307179586, pace = turn * (real){{NAME}}_DERIVATIVE_CUTOFF;
  for (int node = 0; node < NODES; node++) {
    float *now = stream.frame + node * 3, *last = stream.last + node * 3, *velocity = stream.velocities + node * 3;
    const int is_first = stream.seen[node] == -HUGE_VAL;
    const real since = is_first ? 0 : (real)(time - stream.seen[node]);
    real square = 0, angle;
    if (isnan(now[0])) continue;
    for (int axis = 0; axis < 3; axis++) {
      const real before = (real)velocity[axis];
      if (is_first) velocity[axis] = 0;
      else velocity[axis] = (float)(before + pace * ((real)now[axis] - (real)last[axis] - since * before) / (pace * since + 1));
      square += (real)velocity[axis] * (real)velocity[axis];
    }
    angle = turn * ((real){{NAME}}_MIN_CUTOFF + (real){{NAME}}_BETA * (real)sqrt((double)square)) * since;
    for (int axis = 0; axis < 3 && !is_first; axis++)
      now[axis] = (float)((real)last[axis] + angle / (angle + 1) * ((real)now[axis] - (real)last[axis]));
  }
}
