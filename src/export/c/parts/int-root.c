/* A square root is root_of(x, &halvings) / 2^halvings, of numbers that are not zero; four digits are looked up, others drawn. */
WITHIN static inline uint32_t root_of(uint32_t x, int *halvings)
{
  const uint16_t *at;
#ifdef __GNUC__
  *halvings = (int)sizeof(unsigned) == 4 ? __builtin_clz((unsigned)x) / 2 : __builtin_clzl((unsigned long)x) / 2;
  x <<= 2 * *halvings;
#else
  for (*halvings = 0; x < 0x40000000u; x <<= 2) ++*halvings;
#endif
  at = roots + 2 * ((x - 0x40000000u) >> 26);
  return at[0] + ((at[1] * ((x >> 10) & 0xffff)) >> 16);
}

/* 256 times a square root. */
static uint32_t root(uint32_t x)
{
  int halvings;
  const uint32_t digits = x == 0 ? 0 : root_of(x, &halvings);
  return x == 0 ? 0 : (digits << 8) >> halvings;
}
