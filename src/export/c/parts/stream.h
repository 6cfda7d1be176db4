
/* The streaming recogniser; -D{{NAME}}_STREAM=0 leaves it and its {{bytes}} bytes of memory out. */
#ifndef {{NAME}}_STREAM
#define {{NAME}}_STREAM 1
#endif
#if {{NAME}}_STREAM

/* Bytes of static memory that the stream takes besides the scratch. */
#define {{NAME}}_STREAM_BYTES {{bytes}}

/* How it reads the stream and what counts as recognised; define others when compiling. {{units}} */
{{settings}}

/* A movement that is over; `known` is when it was first known. */
typedef struct {
  {{time}} start, end, known;
  float probability; /* the greatest of its answers */
  int label;
} {{name}}_movement;

typedef struct {
  {{name}}_movement movement; /* the one that is over, if one is */
  int is_finished;            /* a movement is over */
  int is_changed;             /* another class is recognised now */
  int label;                  /* what is recognised now, or -1 */
  float probability;
} {{name}}_event;

/*
 * Takes the next frame, [persons][joints][x, y, z] with NaN where a joint is lost, or NULL where nobody is seen, and its time,
 * at any frame rate. Returns 1 if what is recognised changed or a movement is over, 0 if not, and -1 on a time before the last
 * or an infinite position, which leave no trace.
 */
int {{name}}_push(const float *frame, {{time}} {{clock}}, {{name}}_event *event);

/* Forgets the frames so far, as at the end of the stream; returns 1 and writes a movement if one was going on. */
int {{name}}_reset({{name}}_movement *movement);

#endif
