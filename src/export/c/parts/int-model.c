/* {{about}} */
#include "{{file}}.h"

#include <stdint.h>
#include <string.h>

/* Functions that are dear if they are part of others, or if they are not. */
#ifdef __GNUC__
#define APART __attribute__((noinline))
#define WITHIN __attribute__((always_inline))
#else
#define APART
#define WITHIN
#endif

/*
 * Whole numbers alone: positions are on a grid of 15 bits around the body, features and what products write have 16, weights 8;
 * sums have 32 and lose as many as keep them from overflowing, whatever the recording.
 */
{{types}}

enum {
  PERSONS = {{persons}},
  JOINTS = {{joints}},
  PERSON = JOINTS * 3,        /* numbers of a person in a frame */
  NODES = PERSONS * JOINTS,
  FRAMES = {{frames}},
  CHANNELS = {{channels}},      /* numbers of a node */
  CLASSES = {{classes}},
  TRACK_BITS = {{track_bits}},     /* of a number of a node, after the point */
  FEATURE_BITS = {{feature_bits}},   /* of a feature */
{{numbers}}
};

/* From the difference of two logits to a power of two. */
{{way}}

const char *const {{name}}_classes[CLASSES] = {
{{names}}
};

{{tables}}

/* Scratch: {{scratched}}, probabilities in 1 / 32768, and the clip,
 * [frames][persons][joints][x, y, z]. */
{{scratch}}

{{functions}}

/* The pose steps: how positions of the clip are to be read. */
static void prepare(int n)
{
  (void)n;
{{pose}}
}

{{network}}
/* From a recording to a clip; 0 if it is refused. */
static int take(const float *frames, int n)
{
  if ({{refused}} || n > 32767 || !lay_grid(frames, n)) return 0;
  recording = frames;
  fill_clip(n);
  prepare(n);
  return 1;
}

int {{name}}_predict(const float *frames, int n_frames, float *probabilities)
{
  int best;
  if (!take(frames, n_frames)) return -1;
  infer();
  best = softmax();
  for (int i = 0; i < CLASSES; i++) probabilities[i] = (float)shares[i] * (1.0f / 32768);
  return best;
}

{{stream}}