/* The recording without lost joints, for steps that change it. */
static void copy_frames(const float *frames, int n, float *copy)
{
  for (int frame = 0; frame < n; frame++) {
    memcpy(copy + (long)frame * NODES * 3, frame_at(frames, n, frame), NODES * 3 * sizeof(float));
  }
  is_lost = 0;
}
