/* A coordinate of a node in every frame. */
static void follow_position(const float *clip, int node, int axis, float *track)
{
  for (int frame = 0; frame < FRAMES; frame++) track[frame] = clip[(frame * NODES + node) * 3 + axis];
}
