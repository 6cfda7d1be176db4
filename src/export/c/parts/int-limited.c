/* At most 14 bits and a sign: features end at less. */
static int16_t limited(int32_t value)
{
  if ((uint32_t)(value + 16384) < 32768u) return (int16_t)value;
  return value < 0 ? -16384 : 16383;
}
