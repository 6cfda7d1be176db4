/* What describes a track over all frames. */
static struct {
  value_t mean, least, greatest, deviation;
} summary;

/* Describes a track; writes the means of equal parts of it. */
static void summarise(const int16_t *track, int parts, value_t *means)
{
  const int span = FRAMES / parts;
  const int32_t share = 32768 / span;
  const int16_t *const end = track + FRAMES;
  range all = range_at(track);
  int32_t sum = 0;
  do {
    const int16_t *const stop = track + span;
    all.part = 0;
    do {
      add_block(&all, track);
      track += BLOCK;
    } while (track != stop);
    *means++ = (value_t)((all.part * share + 16384) >> 15);
    sum += all.part;
  } while (track != end);
  summary.mean = (value_t)((sum * (32768 / FRAMES) + 16384) >> 15);
  summary.deviation = (value_t)((root((uint32_t)((all.squares - (uint64_t)((int64_t)sum * sum) / FRAMES) / FRAMES)) + 128) >> 8);
  summary.least = least_of(&all);
  summary.greatest = greatest_of(&all);
}
