static real square_root(real x)
{
  return sizeof x == sizeof(float) ? (real)sqrtf((float)x) : (real)sqrt((double)x);
}
