/* The recording, or NULL for the stream. */
static const float *recording;

#if {{NAME}}_STREAM
static int see_cell(int frame, int node, int32_t joint[3]);
#endif

static int see(int frame, int node, int32_t joint[3])
{
#if {{NAME}}_STREAM
  if (!recording) return see_cell(frame, node, joint);
#endif
  return see_joint(recording + ((long)frame * NODES + node) * 3, joint);
}
