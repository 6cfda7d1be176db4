/* 65536 / 2^x, of x with 16 bits after the point. */
static uint32_t halved(uint32_t x)
{
  const uint32_t place = (x >> 12) & 15, high = curves[place];
  if (x >> 16 > 16) return 0;
  return (high - (((high - (curves[place + 1] & 0xffff)) * (x & 4095)) >> 12)) >> (x >> 16);
}

/* How many times less probable a class is, as a power of two with 16 bits after the point, at most 2^100. */
static uint32_t behind(int best, int label)
{
  const uint32_t way = (uint32_t)logits[best] - (uint32_t)logits[label];
  const uint64_t power = ((uint64_t)(way >> way_bits) * way_factor) >> 11;
  return power > (uint32_t)100 << 16 ? (uint32_t)100 << 16 : (uint32_t)power;
}

/* Logits to probabilities; the most probable class. */
static int softmax(void)
{
  int best = 0;
  uint32_t sum = 0;
  for (int i = 1; i < CLASSES; i++) best = logits[i] > logits[best] ? i : best;
  for (int i = 0; i < CLASSES; i++) sum += halved(behind(best, i));
  for (int i = 0; i < CLASSES; i++) shares[i] = (uint16_t)((halved(behind(best, i)) << 15) / sum);
  return best;
}
