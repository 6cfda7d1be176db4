#if {{NAME}}_STREAM

/* A stream: its last seconds on a grid in time, whatever the frame rate. A cell holds the mean of every joint over its span;
 * the last one is not complete. Times are in seconds. */
enum { CELL = NODES * 3 };

static struct {
  double origin, time, seen_at, recognised_at; /* of the first cell; of the last frame, person, and class */
  double seen[NODES];                          /* when each joint was seen last */
  {{name}}_movement span;                      /* answers of one class, one after the other; none where its label is -1 */
  float cells[(FRAMES + 1) * CELL];
  float weights[NODES]; /* seconds in the mean of the cell where each joint was seen last */
  float frame[CELL], last[CELL];       /* where each joint is, and was seen last; NaN where it was not */
{{velocities}}  float scores[CLASSES], now[CLASSES];
  float sureness; /* of the last answer, smoothed: what is compared with the confidence */
  int32_t begun, answered, label; /* cells; complete ones at the last answer; its class, or -1 */
  int32_t is_running, is_over;    /* a frame came; the span has reached the greatest length */
} stream;

static void clear_stream(void)
{
  for (int i = 0; i < (FRAMES + 1) * CELL; i++) stream.cells[i] = NAN;
  for (int i = 0; i < CELL; i++) stream.last[i] = NAN;
  for (int node = 0; node < NODES; node++) stream.seen[node] = -HUGE_VAL;
  stream.begun = stream.answered = 0;
{{forget}}  stream.seen_at = NAN;
}

static void begin_cells(int32_t wanted)
{
  int32_t missing = wanted - stream.begun < FRAMES + 1 ? wanted - stream.begun : FRAMES + 1;
  for (; missing > 0; missing--) {
    memmove(stream.cells, stream.cells + CELL, FRAMES * CELL * sizeof(float));
    for (int i = FRAMES * CELL; i < (FRAMES + 1) * CELL; i++) stream.cells[i] = NAN;
  }
  stream.begun = wanted;
}

/* Mixes a position between the last one and this one, which lasts for so many seconds, into a mean. */
static void mix(int index, int node, const float *last, const float *now, real share, real seconds)
{
  float *mean = stream.cells + index * 3;
  const int is_first = isnan(mean[0]);
  real part;
  if (!is_first && seconds == 0) return;
  stream.weights[node] = is_first ? (float)seconds : (float)((real)stream.weights[node] + seconds);
  part = seconds / (real)stream.weights[node];
  for (int axis = 0; axis < 3; axis++) {
    const real before = (real)mean[axis], from = (real)last[axis];
    const real value = share == 1 ? (real)now[axis] : from + share * ((real)now[axis] - from);
    mean[axis] = (float)(is_first ? value : before + part * (value - before));
  }
}

/* Adds the way of every joint, in a straight line from where it was seen last, unless that is too long ago. */
static void add_frame(double time)
{
  const double width = {{NAME}}_WINDOW / FRAMES;
  if (stream.begun == 0) stream.origin = time;
  begin_cells((int32_t)floor((time - stream.origin) / width) + 1);
  for (int node = 0; node < NODES; node++) {
    float *now = stream.frame + node * 3, *last = stream.last + node * 3;
    double since;
    int32_t cell, newest = stream.begun - 1;
    if (isnan(now[0])) continue;
    since = time - stream.seen[node] <= {{NAME}}_GAP ? stream.seen[node] : time;
    cell = (int32_t)floor((since - stream.origin) / width);
    for (cell = cell > newest - FRAMES ? cell : newest - FRAMES; cell <= newest; cell++) {
      const double begin = stream.origin + cell * width, stop = stream.origin + (cell + 1) * width;
      const double start = since > begin ? since : begin, end = time < stop ? time : stop;
      const double share = since == time ? 1 : ((start + end) / 2 - since) / (time - since);
      mix((FRAMES - newest + cell) * NODES + node, node, last, now, (real)share, (real)(end > start ? end - start : 0));
    }
    memcpy(last, now, 3 * sizeof(float));
    stream.seen[node] = time;
  }
}
{{place}}{{smooth}}
/* Ends what goes on; whether it is a movement that is known. */
static int finish_span({{name}}_movement *movement)
{
  const int is_known = stream.span.label >= 0 && stream.span.known < HUGE_VAL;
  if (is_known) *movement = stream.span;
  stream.span.label = -1;
  stream.span.known = HUGE_VAL;
  stream.is_over = 0;
  return is_known;
}

/* Hysteresis: from an answer, which is about `moment`, to movements; whether one is over. */
static int spot(double moment, int best, int is_refused, {{name}}_movement *movement)
{
  {{name}}_movement *span = &stream.span;
  const double enter = span->known < HUGE_VAL || stream.is_over ? {{NAME}}_ENTER : {{NAME}}_LEAVE;
  const int is_other = best != span->label && stream.scores[best] >= (float)enter && !is_refused;
  const int is_held = span->label >= 0 && stream.scores[span->label] >= (float){{NAME}}_LEAVE && !is_refused;
  int is_finished = 0;
  if (is_other || (!is_held && moment - span->end > {{NAME}}_REST)) {
    is_finished = finish_span(movement);
    if (!is_other) return is_finished;
    span->label = best;
    span->start = moment;
    span->probability = 0;
  } else if (!is_held) {
    return 0;
  }
  span->end = moment;
  if (stream.scores[span->label] > span->probability) span->probability = stream.scores[span->label];
  if (stream.is_over) return is_finished;
  if (span->probability >= (float){{NAME}}_ENTER && moment - span->start >= {{NAME}}_SHORTEST && !(span->known < HUGE_VAL))
    span->known = stream.time;
  if (moment - span->start >= {{NAME}}_LONGEST) {
    const int label = span->label;
    is_finished = finish_span(movement);
    stream.is_over = is_finished;
    if (is_finished) span->label = label;
  }
  return is_finished;
}

{{likeness}}{{follow}}/* Classifies the window; whether a movement is over. */
static int classify({{name}}_movement *movement)
{
  const int32_t complete = stream.begun - 1;
  const double steps = (double)(complete - stream.answered) / {{NAME}}_STEP;
  const float past = stream.answered ? (float)pow({{NAME}}_SMOOTHING, steps) : 0;
  int best = 0, is_unsure, is_refused, is_finished;
  {{score}};
  for (int i = 0; i < CLASSES; i++) {
    stream.scores[i] = past * stream.scores[i] + (1 - past) * stream.now[i];
    if (stream.scores[i] > stream.scores[best]) best = i;
  }
  stream.sureness = {{sureness}};
  is_unsure = stream.sureness < (float){{NAME}}_CONFIDENCE;
  is_refused = {{refusal}};
  is_finished = spot(fmax(stream.time - {{NAME}}_LAG, stream.origin), best, is_refused, movement);
  stream.answered = complete;
  if (!is_unsure && !is_refused) {
    stream.recognised_at = stream.time;
    stream.label = best;
  } else if (stream.time - stream.recognised_at >= {{NAME}}_HOLD) {
    stream.label = -1;
  }
  return is_finished;
}

int {{name}}_reset({{name}}_movement *movement)
{
  const int is_finished = stream.is_running && finish_span(movement);
  clear_stream();
  stream.label = -1;
  return is_finished;
}

int {{name}}_push(const float *frame, double seconds, {{name}}_event *event)
{
  const int before = stream.is_running ? stream.label : -1;
  int is_seen = 0;
  if (!isfinite(seconds) || (stream.is_running && seconds < stream.time) || (frame && has_infinite(frame, 1))) return -1;
  event->is_finished = 0;
  if (!stream.is_running) {{name}}_reset(&event->movement);
  if (!stream.is_running) finish_span(&event->movement);
  stream.is_running = 1;
  stream.time = seconds;
  if (seconds - stream.seen_at > {{NAME}}_GAP) event->is_finished = {{name}}_reset(&event->movement);
  if (frame) is_seen = place(frame);
  if (is_seen) {
    int32_t complete;
    stream.seen_at = seconds;
{{smoothing}}    add_frame(seconds);
    complete = stream.begun - 1;
    if (complete >= {{NAME}}_LEAST && (!stream.answered || complete / {{NAME}}_STEP > stream.answered / {{NAME}}_STEP))
      event->is_finished |= classify(&event->movement);
  }
  event->label = stream.label;
  event->probability = stream.label < 0 ? 0 : stream.scores[stream.label];
  event->is_changed = stream.label != before;
  return event->is_changed || event->is_finished;
}

#endif
