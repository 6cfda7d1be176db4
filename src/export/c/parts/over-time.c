/* A sum of links for each of some values, which are kept of so many frames, the newest at `to`. In a clip they are known for its
 * frames reach, reach + step ... */
typedef struct {
  int value, link; /* where biases and counts, and sources and codes begin */
  int values, to, frames;
  int is_rectified, reach, step;
} stage;

/* Those of every frame, the share of a frame in the pool over time, and those after the pool. */
static const stage stages[] = {
{{stages}}
};

enum {
{{numbers}}
};

{{followed}}/* The newest of some kept values, after the frames before it have gone one back. */
static float *advance(int to, int values, int frames)
{
  float *oldest = kept + to - (frames - 1) * values;
  for (int i = 0; i < (frames - 1) * values; i++) oldest[i] = oldest[i + values];
  return kept + to;
}

/* The standardised features of a frame that the network uses: coordinates, or their differences from others in it or in the
 * frame before. */
static void describe(const float *now, const float *before, float *out)
{
  for (int i = 0; i < INPUTS; i++) {
    const int origin = origins[i];
    const float from = origin == NO_ORIGIN ? 0 : origin < NODES * 3 ? now[origin] : before[origin - NODES * 3];
    out[i] = standardised(now[inputs[i]] - from, means + i, inverses + i);
  }
}

static void add_links(const stage *s, float *out)
{
  const source_t *source = link_sources + s->link;
  const code_t *code = codes + s->link;
  for (int i = 0; i < s->values; i++) {
    float sum = biases[s->value + i];
    for (int count = counts[s->value + i]; count > 0; count--) sum += weights[*code++] * kept[*source++];
    out[i] = s->is_rectified && sum < 0 ? 0 : sum;
  }
}

/* Takes a frame of the clip, or of a stream where `frame` is -1, whose windows begin at any frame. */
static void take_frame(const float *now, const float *before, int frame)
{
  describe(now, before, advance(FEATURES_AT, INPUTS, FEATURE_FRAMES));
  for (const stage *s = stages; s < stages + STAGES; s++) {
    float *out = advance(s->to, s->values, s->frames);
    if (frame < 0 || (frame >= s->reach && (frame - s->reach) % s->step == 0)) add_links(s, out);
  }
  add_links(stages + STAGES, shares + oldest_share);
  oldest_share += POOLED;
  if (oldest_share == POOLED * POOL_DEPTH) oldest_share = 0;
}

/* The logits of the last frames, as many as a clip has. */
static void answer(void)
{
  for (int i = 0; i < POOLED; i++) {
    float sum = pool_biases[i];
    for (int frame = 0, at = oldest_share; frame < POOL_FRAMES; frame++) {
      sum += shares[at + i];
      at += POOL_STEP * POOLED;
      if (at >= POOLED * POOL_DEPTH) at -= POOLED * POOL_DEPTH;
    }
    kept[POOL_AT + i] = POOL_IS_RECTIFIED && sum < 0 ? 0 : sum;
  }
  for (const stage *s = stages + STAGES + 1; s < stages + STAGES + 1 + LAST_STAGES; s++) add_links(s, kept + s->to);
  for (int i = 0; i < CLASSES; i++) logits[i] = logit_sources[i] < 0 ? constant_logits[i] : kept[logit_sources[i]];
}

/* From a clip to logits. */
static void infer(void)
{
  const float *before = scratch_clip;
{{forget}}  for (int frame = 0; frame < FRAMES; frame++) {
    const float *now = scratch_clip + frame * NODES * 3;
    take_frame(now, before, frame);
    before = now;
  }
  answer();
}
