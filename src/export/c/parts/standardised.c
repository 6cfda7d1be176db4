/* (x - mean) / deviation of a feature, clamped. */
static float standardised(float feature, const mean_t *mean, const uint8_t *inverse)
{
  const float factor = inverse_deviations[*inverse];
  const float middle = (float)(*mean / (8 * (real)factor));
  const real x = ((real)feature - (real)middle) * (real)factor;
  return (float)(x < -6 ? -6 : x > 6 ? 6 : x);
}
