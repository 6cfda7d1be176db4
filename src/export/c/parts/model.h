/* {{about}} */
#ifndef {{NAME}}_H
#define {{NAME}}_H
{{includes}}
#ifdef __cplusplus
extern "C" {
#endif

#define {{NAME}}_CLASSES {{classes}}
#define {{NAME}}_PERSONS {{persons}}
#define {{NAME}}_JOINTS {{joints}}

/* Bytes besides the code: constant tables in flash; static memory, that of what a network over time keeps of frames, and that of a recording's clip, which is left out with
 * -ffunction-sections -fdata-sections -Wl,--gc-sections if only a stream is recognised; and the stack, at most. */
#define {{NAME}}_CONSTANT_BYTES {{constants}}
#define {{NAME}}_SCRATCH_BYTES {{scratch}}
#define {{NAME}}_RING_BYTES {{rings}}
#define {{NAME}}_CLIP_BYTES {{clip}}
#define {{NAME}}_STACK_BYTES {{stack}}
{{limit}}
/* Names of the classes. */
extern const char *const {{name}}_classes[{{NAME}}_CLASSES];

/*
 * Classifies a sequence of landmarks, [frames][persons][joints][x, y, z], in the unit and axes of the training data.
 * A joint that was not seen in a frame is NaN; it is filled in. Frames count as equally far apart in time.
 * Writes the probability of every class and returns the most probable one, or -1 unless there are {{lengths}}, none infinite.
 * Scratch is static: do not call it from two threads at once. Joints, in order:
{{order}}
 */
int {{name}}_predict(const float *frames, int n_frames, float *probabilities);
{{stream}}
#ifdef __cplusplus
}
#endif

#endif
