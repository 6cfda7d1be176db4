static value_t narrow(sum_t value, int shift)
{
  (void)shift;
  return value;
}
