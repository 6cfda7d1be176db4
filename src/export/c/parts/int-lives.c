/* Whether the network uses anything of a track; tracks are counted through all nodes. */
static int lives(int track)
{
  return (live_tracks[track / 8] >> (track % 8)) & 1;
}

static value_t *put_zeros(int count, value_t *out)
{
  for (; count > 0; count--) *out++ = 0;
  return out;
}
