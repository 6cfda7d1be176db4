/* What describes a track: over all frames, and means over equal parts of them. The squares of BLOCK numbers fit into 32 bits. */
static struct {
  value_t mean, least, greatest, deviation, parts[MOST_PARTS];
} summary;

static void summarise(const int16_t *track, int parts)
{
  const int span = FRAMES / parts;
  const int32_t share = 32768 / span;
  int32_t sum = 0, least = track[0], greatest = track[0];
  uint64_t squares = 0;
  value_t *mean = summary.parts;
  for (const int16_t *end = track + FRAMES; track < end;) {
    int32_t part = 0;
    for (const int16_t *stop = track + span; track < stop;) {
      uint32_t some = 0;
      for (int left = BLOCK; left > 0; left--) {
        const int32_t value = *track++;
        part += value;
        some += (uint32_t)(value * value);
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
      squares += some;
    }
    *mean++ = (value_t)((part * share + 16384) >> 15);
    sum += part;
  }
  squares -= (uint64_t)((int64_t)sum * sum) / FRAMES;
  summary.mean = (value_t)((sum + (sum < 0 ? -FRAMES / 2 : FRAMES / 2)) / FRAMES);
  summary.deviation = (value_t)((root((uint32_t)(squares / FRAMES)) + 128) >> 8);
  summary.least = (value_t)least;
  summary.greatest = (value_t)greatest;
}
