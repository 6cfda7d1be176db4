/* {{about}} */
#include "{{file}}.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Sums of preprocessing; double, as in training, costs a processor without it sixteen times as much. */
#ifndef {{NAME}}_REAL
#define {{NAME}}_REAL float
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

/* Scratch: the recording as {{frames}} frames, {{scratched}}. */
{{scratch}}

{{functions}}

{{network}}
static int has_infinite(const float *frames, int n)
{
  for (long i = 0; i < (long)n * NODES * 3; i++)
    if (isinf(frames[i])) return 1;
  return 0;
}

/* From a recording to a clip; 0 if it is refused. */
static int take(const float *frames, int n)
{
  if ({{refused}} || has_infinite(frames, n)) return 0;
  is_lost = has_lost(frames, n);
  if (is_lost) find_sources(frames, n);
{{pose}}
  return 1;
}

int {{name}}_predict(const float *frames, int n_frames, float *probabilities)
{
  if (!take(frames, n_frames)) return -1;
  infer();
  return softmax(probabilities);
}

{{stream}}