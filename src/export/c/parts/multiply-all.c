static void multiply(const product *p, const value_t *x, value_t *y)
{
  cursor at = start_of(p);
  for (int unit = 0; unit < p->units; unit++, x += p->step) y = multiply_unit(p, &at, x, y);
}
