static void spread(float *y, const float *bias, int nodes, int channels)
{
  for (int i = 0; i < nodes * channels; i++) y[i] = bias[i % channels];
}
