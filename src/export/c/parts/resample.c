/* Frame j of the clip is the mean of the recording over [j, j + 1) * n / FRAMES. */
static void resample(const float *recording, int n, float *clip)
{
  const real span = (real)n / FRAMES;
  for (int j = 0; j < FRAMES; j++, clip += PERSONS * PERSON) {
    const real start = (real)j * span, end = start + span < (real)n ? start + span : (real)n;
    for (int i = 0; i < PERSONS * PERSON; i++) clip[i] = 0;
    for (int frame = (int)start; (real)frame < end; frame++) {
      const real first = (real)frame, from = first > start ? first : start, to = first + 1 < end ? first + 1 : end;
      const real share = (to - from) / (end - start);
      const float *now = frame_at(recording, n, frame);
      for (int i = 0; i < PERSONS * PERSON; i++) clip[i] = (float)((real)clip[i] + share * (real)now[i]);
    }
  }
}
