/* Frame j of the clip is the mean of the recording over [j, j + 1) * n / FRAMES. */
static void fill_clip(int n)
{
  find_sources(0, n);
  for (int node = 0; node < NODES; node++) {
    for (int j = 0; j < FRAMES; j++) {
      const int32_t start = (int32_t)j * n, end = start + n;
      int32_t sum[3] = {0, 0, 0}, joint[3];
      for (int32_t frame = start / FRAMES; frame * FRAMES < end; frame++) {
        const int32_t from = frame * FRAMES > start ? frame * FRAMES : start;
        const int32_t to = (frame + 1) * FRAMES < end ? (frame + 1) * FRAMES : end;
        if (!fill(n, (int)frame, node, joint)) break;
        for (int axis = 0; axis < 3; axis++) sum[axis] += (to - from) * joint[axis];
      }
      for (int axis = 0; axis < 3; axis++) scratch_clip[(j * NODES + node) * 3 + axis] = (int16_t)(sum[axis] / n);
    }
  }
  if (PERSONS > 1) fill_persons(scratch_clip);
  clip = scratch_clip;
}
