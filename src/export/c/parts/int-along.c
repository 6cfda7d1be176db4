/* How far a way goes along an axis. */
#if HAS_PAIRS
static vector axis_of(const int32_t axis[3])
{
  const vector along = {(int16x2_t)(((uint32_t)axis[0] & 0xffff) | (uint32_t)axis[1] << 16), axis[2]};
  return along;
}

static int32_t product_with(vector axis, vector way, int32_t more)
{
  return __smlad(axis.xy, way.xy, more) + axis.z * way.z;
}
#else
static vector axis_of(const int32_t axis[3])
{
  const vector along = {axis[0], axis[1], axis[2]};
  return along;
}

static int32_t product_with(vector axis, vector way, int32_t more)
{
  return more + axis.x * way.x + axis.y * way.y + axis.z * way.z;
}
#endif
