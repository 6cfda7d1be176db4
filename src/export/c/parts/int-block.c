/* Of numbers of 14 bits and a sign: the sum of a part of them, of the squares of all, and where they end. */
typedef struct {
  int32_t part;
  uint64_t squares;
#if HAS_PAIRS
  int16x2_t least, greatest; /* of every other number each */
} range;

static range range_at(const int16_t *track)
{
  const int16x2_t twice = (int16x2_t)((uint32_t)(uint16_t)*track * 0x10001u);
  const range first = {0, 0, twice, twice};
  return first;
}

static void extend(range *all, int16x2_t two)
{
  __ssub16(two, all->least);
  all->least = (int16x2_t)__sel((uint32_t)all->least, (uint32_t)two);
  __ssub16(two, all->greatest);
  all->greatest = (int16x2_t)__sel((uint32_t)two, (uint32_t)all->greatest);
}

/* Adds BLOCK numbers, all that parts are made of. */
static void add_block(range *all, const int16_t *track)
{
  for (int i = 0; i < BLOCK - 1; i += 2) {
    const int16x2_t two = pair_at(track + i);
    all->part = __smlad(two, 0x10001, all->part);
    all->squares = (uint64_t)__smlald(two, two, (int64_t)all->squares);
    extend(all, two);
  }
  if (BLOCK % 2) {
    const int32_t last = track[BLOCK - 1];
    all->part += last;
    all->squares += (uint32_t)(last * last);
    extend(all, range_at(track + BLOCK - 1).least);
  }
}

static value_t least_of(const range *all)
{
  const int32_t low = (int16_t)all->least, high = all->least >> 16;
  return (value_t)(low < high ? low : high);
}

static value_t greatest_of(const range *all)
{
  const int32_t low = (int16_t)all->greatest, high = all->greatest >> 16;
  return (value_t)(low > high ? low : high);
}
#else
  int32_t least, greatest;
} range;

static range range_at(const int16_t *track)
{
  const range first = {0, 0, *track, *track};
  return first;
}

/* Adds BLOCK numbers, all that parts are made of; their squares fit into 32 bits. */
static void add_block(range *all, const int16_t *track)
{
  uint32_t squares = 0;
  for (int i = 0; i < BLOCK; i++) {
    const int32_t value = track[i];
    all->part += value;
    squares += (uint32_t)(value * value);
    if (value < all->least) all->least = value;
    if (value > all->greatest) all->greatest = value;
  }
  all->squares += squares;
}

static value_t least_of(const range *all)
{
  return (value_t)all->least;
}

static value_t greatest_of(const range *all)
{
  return (value_t)all->greatest;
}
#endif
