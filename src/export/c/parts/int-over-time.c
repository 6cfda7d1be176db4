/* A sum of links for each of some values, which are kept of so many frames, the newest at `to`. In a clip they are known for its
 * frames reach, reach + step ... */
typedef struct {
  int value, link, weight; /* where biases and counts, sources and codes, and its weights begin */
  int values, to, frames;
  int is_rectified, reach, step, shift;
} stage;

/* Those of every frame, the shares of a frame in the pool over time, and those after the pool. */
static const stage stages[] = {
{{stages}}
};

enum {
{{numbers}}
};

/* Of a window whose values are greater than usual all are halved, so many times; whether one is too great as they are. */
static int coarseness, is_beyond;

/* The newest of some kept values, after the frames before it have gone one back. */
static int16_t *advance(int to, int values, int frames)
{
  int16_t *oldest = kept + to - (frames - 1) * values;
  for (int i = 0; i < (frames - 1) * values; i++) oldest[i] = oldest[i + values];
  return kept + to;
}

/* The standardised features of a frame that the network uses: coordinates, or their differences from others in it or in the
 * frame before. */
static void describe(const int32_t *now, const int32_t *before, int16_t *out)
{
  standard next = standard_at(steps);
  int left = 0; /* features standardised alike, less than zero */
  for (int i = 0; i < INPUTS; i++) {
    const int origin = origins[i];
    const int32_t from = origin == NO_ORIGIN ? 0 : origin < NODES * 3 ? now[origin] : before[origin - NODES * 3];
    if (left == 0) left = take_step(&next);
    left++;
    out[i] = (int16_t)(standardised(clipped(now[inputs[i]] - from), &next) >> coarseness);
  }
}

/* A sum without the bits that it loses. */
static int16_t shortened(int32_t sum, int shift)
{
  const int32_t value = (sum + ((int32_t)1 << shift >> 1)) >> shift;
  if (value > 32767 || value < -32767) is_beyond = 1;
  return clipped(value);
}

static void add_links(const stage *s, int16_t *out)
{
  const source_t *source = link_sources + s->link;
  const code_t *code = codes + s->link;
  const int16_t *weight = weights + s->weight;
  for (int i = 0; i < s->values; i++) {
    int32_t sum = biases[s->value + i] >> coarseness;
    for (int count = counts[s->value + i]; count > 0; count--) sum += weight[*code++] * kept[*source++];
    out[i] = shortened(s->is_rectified && sum < 0 ? 0 : sum, s->shift);
  }
}

/* Takes a frame of the clip. */
static void take_frame(const int32_t *now, const int32_t *before, int frame)
{
  describe(now, before, advance(FEATURES_AT, INPUTS, FEATURE_FRAMES));
  for (const stage *s = stages; s < stages + STAGES; s++) {
    int16_t *out = advance(s->to, s->values, s->frames);
    if (frame >= s->reach && (frame - s->reach) % s->step == 0) add_links(s, out);
  }
  add_links(stages + STAGES, pool_shares + oldest_share);
  oldest_share += POOLED;
  if (oldest_share == POOLED * POOL_DEPTH) oldest_share = 0;
}

/* The logits of the last frames, as many as a clip has. */
static void answer(void)
{
  for (int i = 0; i < POOLED; i++) {
    int32_t sum = pool_biases[i] >> coarseness;
    for (int frame = 0, at = oldest_share; frame < POOL_FRAMES; frame++) {
      sum += pool_shares[at + i];
      at += POOL_STEP * POOLED;
      if (at >= POOLED * POOL_DEPTH) at -= POOLED * POOL_DEPTH;
    }
    kept[POOL_AT + i] = shortened(POOL_IS_RECTIFIED && sum < 0 ? 0 : sum, POOL_SHIFT);
  }
  for (const stage *s = stages + STAGES + 1; s < stages + STAGES + 1 + LAST_STAGES; s++) add_links(s, kept + s->to);
  for (int i = 0; i < CLASSES; i++)
    logits[i] = logit_sources[i] < 0 ? constant_logits[i] : kept[logit_sources[i]] * ((int32_t)1 << coarseness);
}

/* From a clip to logits. */
static void infer(void)
{
  coarseness = -1;
  do {
    coarseness++;
    is_beyond = 0;
    memset(kept, 0, sizeof kept);
    for (int frame = 0; frame < FRAMES && !is_beyond; frame++) {
      find_ways(frame, ways[frame % 2]);
      take_frame(ways[frame % 2], ways[frame ? (frame + 1) % 2 : 0], frame);
    }
    answer();
  } while (is_beyond);
}
