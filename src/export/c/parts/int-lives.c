/* Whether the network uses anything of a track; tracks are counted through all nodes. */
static int lives(int track)
{
  return (live_tracks[track / 8] >> (track % 8)) & 1;
}

/* Volatile, so that no compiler makes a call of the C library of it. */
static value_t *put_zeros(int count, value_t *out)
{
  for (volatile value_t *to = out; count > 0; count--, out++) *to++ = 0;
  return out;
}
