static void find_places(const float *frame, int *places)
{
  (void)frame;
  places[0] = 0;
}
