/* A square root is root_of(x, &halvings) / 2^halvings, of numbers that are not zero; four digits are looked up, others drawn. */
WITHIN static inline uint32_t root_of(uint32_t x, int *halvings)
{
#ifdef __GNUC__
  *halvings = (int)sizeof(unsigned) == 4 ? __builtin_clz((unsigned)x) / 2 : __builtin_clzl((unsigned long)x) / 2;
  x <<= 2 * *halvings;
#else
  for (*halvings = 0; x < 0x40000000u; x <<= 2) ++*halvings;
#endif
  {
    const uint32_t at = curves[x >> 26], rest = (x >> 10) & 0xffff;
#if HAS_PAIRS
    return (uint32_t)__smlawt((int32_t)rest, (int32_t)at, (int32_t)(at & 0xffff));
#else
    return (at & 0xffff) + (((at >> 16) * rest) >> 16);
#endif
  }
}

/* 256 times a square root. */
static uint32_t root(uint32_t x)
{
  int halvings;
  const uint32_t digits = x == 0 ? 0 : root_of(x, &halvings);
  return x == 0 ? 0 : (digits << 8) >> halvings;
}
