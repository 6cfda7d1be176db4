/* One more than the square of a way's length. */
static uint32_t square_of_way(vector way)
{
#if HAS_PAIRS
  return (uint32_t)__smlad(way.xy, way.xy, 1) + (uint32_t)(way.z * way.z);
#else
  return (uint32_t)(way.x * way.x) + (uint32_t)(way.y * way.y) + (uint32_t)(way.z * way.z) + 1;
#endif
}
