/* A coordinate of the vector from a node's parent to the node in every frame; zero where it has none. */
static void follow_bone(const float *clip, int node, int axis, float *track)
{
  const int parent = parents[node % JOINTS];
  const int from = node - node % JOINTS + parent;
  for (int frame = 0; frame < FRAMES; frame++, clip += NODES * 3) {
    track[frame] = parent < 0 ? 0 : clip[node * 3 + axis] - clip[from * 3 + axis];
  }
}
