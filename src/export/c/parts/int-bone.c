/* The axes of a person, and how far products with them are shifted. */
typedef struct {
  vector side, up, forward;
  int shift;
} directions;

/* The way from a joint to another of the frame, along each axis. */
WITHIN static inline void put_way(const int16_t *a, const int16_t *b, const directions *along, int16_t *out)
{
  const vector way = way_between(a, b);
  const int32_t half = (int32_t)1 << along->shift >> 1;
  out[0] = limited(product_with(along->side, way, half) >> along->shift);
  out[FRAMES] = limited(product_with(along->up, way, half) >> along->shift);
  out[2 * FRAMES] = limited(product_with(along->forward, way, half) >> along->shift);
}

/* The way from a joint of the same person to a node along the axes in every frame, axis by axis; zero from none, which is -1.
 * Where pairs are worked on, in two frames at a time. */
static void follow_way(int node, int from, int16_t *out)
{
  enum { AT_ONCE = HAS_PAIRS && FRAMES % 2 == 0 ? 2 : 1, FRAME = NODES * 3 };
  const int person = node / JOINTS;
  const directions along = {axis_of(poses[person].axes[0]), axis_of(poses[person].axes[1]), axis_of(poses[person].axes[2]), poses[person].shift};
  const int16_t *b = person_at(0, person) + node % JOINTS * 3, *a = from < 0 ? b : person_at(0, person) + from * 3;
  const int16_t *const end = out + FRAMES;
  do {
    put_way(a, b, &along, out);
    if (AT_ONCE == 2) put_way(a + FRAME, b + FRAME, &along, out + 1);
    out += AT_ONCE;
    a += AT_ONCE * FRAME;
    b += AT_ONCE * FRAME;
  } while (out != end);
}
