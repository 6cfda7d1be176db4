/* The probabilities of the window. Its new cells alone go through the network, if it has taken those before them and no joint is
 * lost; cells still change where a node was not seen in the last frame. */
static void score(int32_t complete)
{
  const int is_next = followed >= 0 && complete - followed < FRAMES;
  const float *fresh = stream.cells + (is_next ? FRAMES - (complete - followed) : 0) * CELL, *end = stream.cells + FRAMES * CELL;
  int is_known = 1;
  for (int node = 1; node < NODES; node++) is_known &= stream.seen[node] == stream.seen[0];
  for (const float *at = fresh; at < end; at++) is_known &= !isnan(*at);
  if (!is_known) {
    {{name}}_predict(stream.cells, FRAMES, stream.now);
    return;
  }
  for (; fresh < end; fresh += CELL) take_frame(fresh, fresh, -1);
  followed = complete;
  answer();
  softmax(stream.now);
}

