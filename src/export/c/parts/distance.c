/* The distance from a node to another in every frame. */
static void follow_distance(const float *clip, int node, int target, float *track)
{
  for (int frame = 0; frame < FRAMES; frame++, clip += NODES * 3) {
    real square = 0;
    for (int axis = 0; axis < 3; axis++) {
      const real difference = (real)clip[node * 3 + axis] - (real)clip[target * 3 + axis];
      square += difference * difference;
    }
    track[frame] = (float)square_root(square);
  }
}
