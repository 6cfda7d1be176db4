/* Mean, standard deviation, least and greatest over the frames, each `stride` after the last. */
static void write_statistics(const int16_t *values, value_t *out, int stride)
{
  const int32_t first = values[0];
  int32_t sum = 0, least = first, greatest = first;
  uint64_t squares = 0;
  for (int frame = 0; frame < FRAMES; frame++) {
    const int32_t value = values[frame], way = value - first;
    sum += way;
    squares += (uint32_t)way * (uint32_t)way;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  squares -= (uint64_t)((int64_t)sum * sum) / FRAMES;
  out[0] = clipped(first + (sum + (sum < 0 ? -FRAMES / 2 : FRAMES / 2)) / FRAMES);
  out[stride] = clipped((int32_t)((root((uint32_t)(squares / FRAMES)) + 128) >> 8));
  out[2 * stride] = (value_t)least;
  out[3 * stride] = (value_t)greatest;
}
