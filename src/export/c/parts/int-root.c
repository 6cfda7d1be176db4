#ifdef __GNUC__
__attribute__((always_inline))
#endif
/* A square root is root_of(x, &halvings) / 2^halvings, of numbers that are not zero; four digits are looked up, others drawn. */
static inline uint32_t root_of(uint32_t x, int *halvings)
{
  uint32_t low, place;
#ifdef __GNUC__
  *halvings = (int)sizeof(unsigned) == 4 ? __builtin_clz((unsigned)x) / 2 : __builtin_clzl((unsigned long)x) / 2;
  x <<= 2 * *halvings;
#else
  for (*halvings = 0; x < 0x40000000u; x <<= 2) ++*halvings;
#endif
  place = (x >> 26) - 16;
  low = roots[place];
  return low + (((roots[place + 1] - low) * ((x >> 10) & 0xffff)) >> 16);
}

/* 256 times a square root. */
static uint32_t root(uint32_t x)
{
  int halvings;
  const uint32_t digits = x == 0 ? 0 : root_of(x, &halvings);
  return x == 0 ? 0 : (digits << 8) >> halvings;
}
