/* At most 14 bits and a sign: features end at less. */
static int16_t limited(int32_t value)
{
#if HAS_PAIRS
  return (int16_t)(int32_t)__builtin_arm_ssat(value, 15);
#else
  return (int16_t)(value < -16384 ? -16384 : value > 16383 ? 16383 : value);
#endif
}
