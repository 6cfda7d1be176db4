/* A way on the grid, or an axis. */
#if HAS_PAIRS
typedef struct {
  int16x2_t xy;
  int32_t z;
} vector;

static vector way_between(const int16_t *from, const int16_t *to)
{
  const vector way = {__ssub16(pair_at(to), pair_at(from)), to[2] - from[2]};
  return way;
}
#else
typedef struct {
  int32_t x, y, z;
} vector;

static vector way_between(const int16_t *from, const int16_t *to)
{
  const vector way = {to[0] - from[0], to[1] - from[1], to[2] - from[2]};
  return way;
}
#endif
