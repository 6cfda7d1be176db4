static uint32_t square_of(const int32_t a[3])
{
  uint32_t sum = 0;
  for (int axis = 0; axis < 3; axis++) sum += (uint32_t)a[axis] * (uint32_t)a[axis];
  return sum;
}
