/* The grid that positions are rounded to: position = (origin + value) * 2^exponent. */
static struct {
  int32_t origin[3];
  int exponent;
} grid;

static uint32_t bits_of(float x)
{
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static int is_finite(float x)
{
  return (bits_of(x) & 0x7f800000u) != 0x7f800000u;
}

static int is_infinite(float x)
{
  return (bits_of(x) & 0x7fffffffu) == 0x7f800000u;
}

/* x / 2^exponent, rounded, at most 2^30. */
static int32_t whole(float x, int exponent)
{
  const uint32_t bits = bits_of(x);
  const int shift = (int)((bits >> 23) & 0xff) - 150 - exponent;
  int32_t value = (int32_t)((bits & 0x7fffff) | 0x800000);
  if (shift < -24 || !((bits >> 23) & 0xff)) return 0;
  if (shift < 0) value = (value + ((int32_t)1 << (-shift - 1))) >> -shift;
  else value = shift > 6 ? (int32_t)1 << 30 : value << shift;
  return bits >> 31 ? -value : value;
}

/* Lays the grid over some frames: 2^15 steps from the least to the greatest coordinate; 0 if one of them is infinite. */
static int lay_grid(const float *frames, int n)
{
  int32_t least[3] = {0, 0, 0}, greatest[3] = {0, 0, 0}, extent = 0;
  int is_first = 1, most = 0;
  for (long i = 0; i < (long)n * NODES * 3; i++) {
    const int exponent = (int)((bits_of(frames[i]) >> 23) & 0xff);
    if (is_infinite(frames[i])) return 0;
    if (is_finite(frames[i]) && exponent > most) most = exponent;
  }
  grid.exponent = most - 156;
  for (long i = 0; i < (long)n * NODES; i++) {
    const float *joint = frames + i * 3;
    if (!(is_finite(joint[0]) && is_finite(joint[1]) && is_finite(joint[2]))) continue;
    for (int axis = 0; axis < 3; axis++) {
      const int32_t value = whole(joint[axis], grid.exponent);
      if (is_first || value < least[axis]) least[axis] = value;
      if (is_first || value > greatest[axis]) greatest[axis] = value;
    }
    is_first = 0;
  }
  for (int axis = 0; axis < 3; axis++) {
    grid.origin[axis] = IS_CENTERED ? least[axis] / 2 + greatest[axis] / 2 : 0;
    if (greatest[axis] - grid.origin[axis] > extent) extent = greatest[axis] - grid.origin[axis];
    if (grid.origin[axis] - least[axis] > extent) extent = grid.origin[axis] - least[axis];
  }
  for (; extent > 16383; extent /= 2) {
    grid.exponent++;
    for (int axis = 0; axis < 3; axis++) grid.origin[axis] /= 2;
  }
  return 1;
}

/* A joint on the grid, if it is seen. */
static int see_joint(const float *joint, int32_t seen[3])
{
  if (!(is_finite(joint[0]) && is_finite(joint[1]) && is_finite(joint[2]))) return 0;
  for (int axis = 0; axis < 3; axis++) {
    const int32_t value = whole(joint[axis], grid.exponent) - grid.origin[axis];
    seen[axis] = value > 16383 ? 16383 : value < -16383 ? -16383 : value;
  }
  return 1;
}
