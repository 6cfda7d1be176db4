static void rectify(float *x, int count)
{
  for (int i = 0; i < count; i++) x[i] = x[i] > 0 ? x[i] : 0;
}
