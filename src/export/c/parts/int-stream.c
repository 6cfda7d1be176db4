#if {{NAME}}_STREAM

/* A stream: its last seconds on a grid in time, whatever the frame rate. A cell holds the mean of every joint over its span;
 * the last one is not complete. Times are in milliseconds, and in ticks: FRAMES a millisecond, so that a cell has
 * {{NAME}}_WINDOW of them. */
enum { CELL = NODES * 3, CELL_BYTES = (NODES + 7) / 8 };

static struct {
  uint32_t origin, time, seen_at, recognised_at; /* of the first cell; of the last frame, person, and class */
  {{name}}_movement span;                        /* answers of one class, one after the other; none where its label is -1 */
  uint32_t seen[NODES];                          /* when each joint was seen last */
  uint32_t ticks[NODES];                         /* in the mean of the cell where it was */
  int32_t sureness;                              /* of the last answer, smoothed: what is compared with the confidence */
  int32_t begun, answered, label;                /* cells; complete ones at the last answer; its class, or -1 */
  int16_t cells[(FRAMES + 1) * CELL];
  int16_t last[CELL];                            /* where each joint was seen last */
  uint16_t scores[CLASSES];
  uint8_t has_seen[(FRAMES + 1) * CELL_BYTES], has_last[CELL_BYTES];
  uint8_t is_running, is_over, is_known, is_answered; /* a frame came; the span has reached the greatest length, is a movement */
} stream;

static int is_set(const uint8_t *bits, int i)
{
  return (bits[i / 8] >> (i % 8)) & 1;
}

static void set(uint8_t *bits, int i)
{
  bits[i / 8] = (uint8_t)(bits[i / 8] | 1 << (i % 8));
}

static int see_cell(int frame, int node, int32_t joint[3])
{
  const int16_t *cell = stream.cells + (frame * NODES + node) * 3;
  if (!is_set(stream.has_seen + frame * CELL_BYTES, node)) return 0;
  joint[0] = cell[0];
  joint[1] = cell[1];
  joint[2] = cell[2];
  return 1;
}

/* Numbers to where they are so many after. */
APART static void move_back(int16_t *to, int after, int count)
{
#if HAS_PAIRS
  for (; count > 7; count -= 8, to += 8) {
    memcpy(to, to + after, 2 * sizeof *to);
    memcpy(to + 2, to + after + 2, 2 * sizeof *to);
    memcpy(to + 4, to + after + 4, 2 * sizeof *to);
    memcpy(to + 6, to + after + 6, 2 * sizeof *to);
  }
#endif
  for (; count > 0; count--, to++) *to = to[after];
}

/* Drops the oldest cells. */
static void drop_cells(int gone)
{
  const int bytes = gone * CELL_BYTES, left = (FRAMES + 1) * CELL_BYTES - bytes;
  volatile uint8_t *seen = stream.has_seen; /* so that no compiler makes a call of the C library of it */
  move_back(stream.cells, gone * CELL, (FRAMES + 1 - gone) * CELL);
  for (int i = 0; i < left; i++, seen++) *seen = seen[bytes];
  for (int i = 0; i < bytes; i++) *seen++ = 0;
}

static void clear_stream(void)
{
  drop_cells(FRAMES + 1);
  memset(stream.has_last, 0, sizeof stream.has_last);
  stream.begun = stream.answered = 0;
  stream.is_answered = 0;
}

/* Moves the grid's origin and halves its resolution. */
static void move_grid(const int32_t way[3], int halvings)
{
  grid.exponent += halvings;
  for (int axis = 0; axis < 3; axis++) grid.origin[axis] = (grid.origin[axis] + way[axis]) / (1 << halvings);
  for (int i = 0; i < (FRAMES + 1) * CELL; i++) stream.cells[i] = (int16_t)((stream.cells[i] - way[i % 3]) / (1 << halvings));
  for (int i = 0; i < CELL; i++) stream.last[i] = (int16_t)((stream.last[i] - way[i % 3]) / (1 << halvings));
}

/* Moves the grid to a frame that leaves it, to the middle of all that is seen where that is not too far apart. */
static void fit_grid(const float *frame)
{
  for (;;) {
    int32_t least[3], greatest[3], way[3], extent = 0;
    int is_first = 1, is_outside = 0;
    for (int i = -NODES; i < (FRAMES + 1) * NODES; i++) {
      const float *joint = frame + (i < 0 ? (i + NODES) * 3 : 0);
      if (i == 0 && !is_outside) return;
      if (i < 0 ? !(is_finite(joint[0]) && is_finite(joint[1]) && is_finite(joint[2])) : !is_set(stream.has_seen + i / NODES * CELL_BYTES, i % NODES)) continue;
      for (int axis = 0; axis < 3; axis++) {
        const int32_t value = i < 0 ? whole(joint[axis], grid.exponent) - grid.origin[axis] : stream.cells[i * 3 + axis];
        if (is_first || value < least[axis]) least[axis] = value;
        if (is_first || value > greatest[axis]) greatest[axis] = value;
        if (value > 16383 || value < -16383) is_outside = 1;
      }
      is_first = 0;
    }
    if (!is_outside) return;
    for (int axis = 0; axis < 3; axis++) {
      way[axis] = IS_CENTERED ? least[axis] / 2 + greatest[axis] / 2 : 0;
      if (greatest[axis] - way[axis] > extent) extent = greatest[axis] - way[axis];
      if (way[axis] - least[axis] > extent) extent = way[axis] - least[axis];
    }
    if (extent > 16000) way[0] = way[1] = way[2] = 0;
    move_grid(way, extent > 16000);
  }
}

static void begin_cells(int32_t wanted)
{
  const int32_t missing = wanted - stream.begun;
  drop_cells(missing < FRAMES + 1 ? (int)missing : FRAMES + 1);
  stream.begun = wanted;
}

/* 32768 a / b, of a <= b. */
static int32_t ratio(uint32_t a, uint32_t b)
{
  for (; b > 65535; b /= 2) a /= 2;
  return (int32_t)(a * 32768 / b);
}

/* Mixes a position, which lasts for so many ticks, into a mean. */
static void mix(int cell, int node, const int32_t position[3], uint32_t ticks)
{
  int16_t *mean = stream.cells + cell * CELL + node * 3;
  const int is_first = !is_set(stream.has_seen + cell * CELL_BYTES, node);
  int32_t part = 32768;
  if (!is_first && ticks == 0) return;
  stream.ticks[node] = is_first ? ticks : stream.ticks[node] + ticks;
  if (!is_first) part = ratio(ticks, stream.ticks[node]);
  for (int axis = 0; axis < 3; axis++) {
    const int32_t before = is_first ? 0 : mean[axis];
    mean[axis] = (int16_t)(before + (((position[axis] - before) * part + 16384) >> 15));
  }
  set(stream.has_seen + cell * CELL_BYTES, node);
}

/* Adds the way of a joint, in a straight line from where it was seen last, unless that is too long ago. */
static void add_joint(int node, const int32_t now[3], uint32_t time)
{
  const int is_near = is_set(stream.has_last, node) && time - stream.seen[node] <= {{NAME}}_GAP;
  const uint32_t since = ((is_near ? stream.seen[node] : time) - stream.origin) * FRAMES, until = (time - stream.origin) * FRAMES;
  const int32_t newest = stream.begun - 1, oldest = (int32_t)since < 0 ? 0 : (int32_t)(since / {{NAME}}_WINDOW);
  for (int32_t cell = oldest > newest - FRAMES ? oldest : newest - FRAMES; cell <= newest; cell++) {
    const int32_t begin = cell * {{NAME}}_WINDOW, stop = begin + {{NAME}}_WINDOW;
    const int32_t start = (int32_t)since > begin ? (int32_t)since : begin, end = (int32_t)until < stop ? (int32_t)until : stop;
    int32_t position[3];
    const int32_t share = since == until ? 32768 : ratio((uint32_t)((start + end) / 2 - (int32_t)since), until - since);
    for (int axis = 0; axis < 3; axis++) {
      const int32_t from = since == until ? 0 : stream.last[node * 3 + axis];
      position[axis] = from + (((now[axis] - from) * share + 16384) >> 15);
    }
    mix((int)(FRAMES - newest + cell), node, position, end > start ? (uint32_t)(end - start) : 0);
  }
  for (int axis = 0; axis < 3; axis++) stream.last[node * 3 + axis] = (int16_t)now[axis];
  set(stream.has_last, node);
  stream.seen[node] = time;
}

{{place}}
/* Adds a frame, which shows somebody. */
static void add_frame(const float *frame, uint32_t time)
{
  enum { AGAIN = FRAMES * {{NAME}}_STEP };
  int places[PERSONS];
  find_places(frame, places);
  if (stream.begun == 0) stream.origin = time;
  if (stream.begun > 2 * AGAIN + {{NAME}}_LEAST) {
    stream.origin += {{NAME}}_WINDOW * {{NAME}}_STEP;
    stream.begun -= AGAIN;
    stream.answered -= AGAIN;
  }
  begin_cells((int32_t)((time - stream.origin) * FRAMES / {{NAME}}_WINDOW) + 1);
  for (int node = 0; node < NODES; node++) {
    int32_t now[3];
    if (places[node / JOINTS] < 0 || !see_joint(frame + node * 3, now)) continue;
    add_joint(places[node / JOINTS] * JOINTS + node % JOINTS, now, time);
  }
}

/* Ends what goes on; whether it is a movement that is known. */
static int finish_span({{name}}_movement *movement)
{
  const int is_known = stream.span.label >= 0 && stream.is_known;
  if (is_known) *movement = stream.span;
  stream.span.label = -1;
  stream.is_known = stream.is_over = 0;
  return is_known;
}

/* Hysteresis: from an answer, which is about `moment`, to movements; whether one is over. */
static int spot(uint32_t moment, int best, int is_refused, {{name}}_movement *movement)
{
  {{name}}_movement *span = &stream.span;
  const int32_t enter = stream.is_known || stream.is_over ? {{NAME}}_ENTER : {{NAME}}_LEAVE;
  const int is_other = best != span->label && stream.scores[best] >= enter && !is_refused;
  const int is_held = span->label >= 0 && stream.scores[span->label] >= {{NAME}}_LEAVE && !is_refused;
  int is_finished = 0;
  float probability;
  if (is_other || (!is_held && (int32_t)(moment - span->end) > {{NAME}}_REST)) {
    is_finished = finish_span(movement);
    if (!is_other) return is_finished;
    span->label = best;
    span->start = moment;
    span->probability = 0;
  } else if (!is_held) {
    return 0;
  }
  span->end = moment;
  probability = (float)stream.scores[span->label] * (1.0f / 32768);
  if (probability > span->probability) span->probability = probability;
  if (stream.is_over) return is_finished;
  if (span->probability >= (float){{NAME}}_ENTER * (1.0f / 32768) && (int32_t)(moment - span->start) >= {{NAME}}_SHORTEST &&
      !stream.is_known) {
    span->known = stream.time;
    stream.is_known = 1;
  }
  if ((int32_t)(moment - span->start) >= {{NAME}}_LONGEST) {
    const int label = span->label;
    is_finished = finish_span(movement);
    stream.is_over = (uint8_t)is_finished;
    if (is_finished) span->label = label;
  }
  return is_finished;
}

/* Which of eight nodes some cell did not see: a bit each. */
static unsigned gaps_of(int first, int eight)
{
  unsigned seen = 255;
  for (const uint8_t *cell = stream.has_seen + first * CELL_BYTES; cell < stream.has_seen + FRAMES * CELL_BYTES; cell += CELL_BYTES)
    seen &= cell[eight];
  return ~seen;
}

{{likeness}}/* Classifies the window; whether a movement is over. */
static int classify({{name}}_movement *movement)
{
  const int32_t complete = stream.begun - 1;
  const int first = complete < FRAMES ? (int)(FRAMES - complete) : 0;
  int32_t past = stream.is_answered ? 32768 : 0;
  int best = 0, is_unsure, is_refused, is_finished;
  unsigned gaps = 0;
  recording = NULL;
  find_sources(first, FRAMES);
  for (int node = 0; node < NODES; node++) {
    if (node % 8 == 0) gaps = gaps_of(first, node / 8);
    if (!((gaps >> (node % 8)) & 1)) continue;
    for (int frame = first; frame < FRAMES; frame++) {
      int32_t joint[3];
      if (is_set(stream.has_seen + frame * CELL_BYTES, node) || !fill(FRAMES, frame, node, joint)) continue;
      for (int axis = 0; axis < 3; axis++) stream.cells[(frame * NODES + node) * 3 + axis] = (int16_t)joint[axis];
    }
  }
  for (int frame = first - 1; frame >= 0; frame--) move_back(stream.cells + frame * CELL, CELL, CELL);
  clip = stream.cells;
  if (PERSONS > 1) fill_persons(stream.cells);
  prepare(FRAMES);
  infer();
  softmax();
  for (int32_t step = (complete - stream.answered + {{NAME}}_STEP / 2) / {{NAME}}_STEP; step > 0 && past > 0; step--)
    past = past * {{NAME}}_SMOOTHING >> 15;
  for (int i = 0; i < CLASSES; i++) {
    stream.scores[i] = (uint16_t)(((uint32_t)past * stream.scores[i] + (uint32_t)(32768 - past) * shares[i] + 16384) >> 15);
    if (stream.scores[i] > stream.scores[best]) best = i;
  }
  stream.sureness = {{sureness}};
  is_unsure = stream.sureness < {{NAME}}_CONFIDENCE;
  is_refused = {{refusal}};
  is_finished = spot((int32_t)(stream.time - {{NAME}}_LAG - stream.origin) < 0 ? stream.origin : stream.time - {{NAME}}_LAG, best,
                     is_refused, movement);
  stream.answered = complete;
  stream.is_answered = 1;
  if (!is_unsure && !is_refused) {
    stream.recognised_at = stream.time;
    stream.label = best;
  } else if ((int32_t)(stream.time - stream.recognised_at) >= {{NAME}}_HOLD) {
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

/* Whether a frame shows anybody, or -1 if a position is infinite. */
static int shows_anybody(const float *frame)
{
  int is_seen = 0;
  for (int i = 0; i < CELL; i++)
    if (is_infinite(frame[i])) return -1;
  for (int i = 0; i < CELL; i += 3) is_seen |= is_finite(frame[i]) && is_finite(frame[i + 1]) && is_finite(frame[i + 2]);
  return is_seen;
}

int {{name}}_push(const float *frame, uint32_t milliseconds, {{name}}_event *event)
{
  const int before = stream.is_running ? stream.label : -1, is_seen = frame ? shows_anybody(frame) : 0;
  if (is_seen < 0 || (stream.is_running && (int32_t)(milliseconds - stream.time) < 0)) return -1;
  event->is_finished = 0;
  if (!stream.is_running) {{name}}_reset(&event->movement);
  if (!stream.is_running) finish_span(&event->movement);
  stream.is_running = 1;
  stream.time = milliseconds;
  if (stream.begun > 0 && milliseconds - stream.seen_at > {{NAME}}_GAP) event->is_finished = {{name}}_reset(&event->movement);
  if (is_seen) {
    int32_t complete;
    stream.seen_at = milliseconds;
    if (stream.begun == 0) {
      lay_grid(frame, 1);
      for (int axis = 0; axis < 3; axis++) grid.origin[axis] /= 4;
      grid.exponent += 2;
    }
    fit_grid(frame);
    add_frame(frame, milliseconds);
    complete = stream.begun - 1;
    if (complete >= {{NAME}}_LEAST && (!stream.answered || complete / {{NAME}}_STEP > stream.answered / {{NAME}}_STEP))
      event->is_finished |= classify(&event->movement);
  }
  event->label = stream.label;
  event->probability = stream.label < 0 ? 0 : (float)stream.scores[stream.label] * (1.0f / 32768);
  event->is_changed = stream.label != before;
  return event->is_changed || event->is_finished;
}

#endif
