/* {{about}} */
#include "{{file}}.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Preprocessing is done in double, as in training. Define it as float where doubles are slow: logits then differ by about 1e-2. */
#ifndef {{NAME}}_REAL
#define {{NAME}}_REAL double
#endif

typedef {{NAME}}_REAL real;
{{types}}

enum {
  PERSONS = {{persons}},
  JOINTS = {{joints}},
  PERSON = JOINTS * 3,        /* numbers of a person in a frame */
  NODES = PERSONS * JOINTS,
  FRAMES = {{frames}},
  CHANNELS = {{channels}},      /* numbers of a node */
  CLASSES = {{classes}}
};

static const float temperature = {{temperature}};

const char *const {{name}}_classes[CLASSES] = {
{{names}}
};

{{tables}}

/* Scratch: the clip is in `odd`, the features in `even`; then each product goes from one to the other. */
static float even[{{even}}], odd[{{odd}}], track[FRAMES];
{{recording}}
{{functions}}

{{products}}

/* From a recording to standardised features. */
static void prepare(const float *frames, int n)
{
  is_lost = has_lost(frames, n);
  if (is_lost) find_sources(frames, n);
{{pose}}
  for (int node = 0; node < NODES; node++) {
    float *out = even + node * CHANNELS;
{{features}}
  }
  standardise(even);
}

/* From features to logits. */
static const float *infer(void)
{
{{layers}}
  return {{logits}};
}

static int has_infinite(const float *frames, int n)
{
  for (long i = 0; i < (long)n * NODES * 3; i++)
    if (isinf(frames[i])) return 1;
  return 0;
}

int {{name}}_predict(const float *frames, int n_frames, float *probabilities)
{
  if ({{refused}} || has_infinite(frames, n_frames)) return -1;
  prepare(frames, n_frames);
  return softmax(infer(), probabilities);
}

{{stream}}