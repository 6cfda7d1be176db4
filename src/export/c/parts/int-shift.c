/* At most 15 bits and a sign. */
static int16_t clipped(int32_t value)
{
  return (int16_t)(value > 32767 ? 32767 : value < -32767 ? -32767 : value);
}
