static value_t narrow(sum_t value, int shift)
{
  return (value_t)(shift ? (value + ((sum_t)1 << (shift - 1))) >> shift : value);
}
