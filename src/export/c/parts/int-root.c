/* 256 times a square root. */
static uint32_t root(uint32_t x)
{
  int halvings = 0, place;
  uint32_t low;
  if (x == 0) return 0;
#ifdef __GNUC__
  if (sizeof(unsigned) == 4) halvings = __builtin_clz(x) / 2;
  x <<= 2 * halvings;
#endif
  for (; x < 0x40000000u; x <<= 2) halvings++;
  place = (int)(x >> 26) - 16;
  low = roots[place];
  return ((low + (((roots[place + 1] - low) * ((x >> 10) & 0xffff)) >> 16)) << 8) >> halvings;
}
