static void clear(float *x, int count)
{
  for (int i = 0; i < count; i++) x[i] = 0;
}
