/* Lost joints are NaN. Whether the recording has any, and of each node: which node it is filled from, itself if a frame saw
 * it, or -1 if none of its person was seen; and the frames around its last gap that saw it, -1 and n where there is none. */
static int is_lost;
static int sources[NODES];
static struct { int before, after; } gaps[NODES];

static int is_seen(const float *frames, int frame, int node)
{
  const float *joint = frames + ((long)frame * NODES + node) * 3;
  return !isnan(joint[0] + joint[1] + joint[2]);
}

static int has_lost(const float *frames, int n)
{
  for (long i = 0; i < (long)n * NODES * 3; i++)
    if (isnan(frames[i])) return 1;
  return 0;
}

/* A joint never seen is at its nearest ancestor that was, or else at the person's first joint that was. */
static void find_sources(const float *frames, int n)
{
  for (int node = 0; node < NODES; node++) {
    gaps[node].before = -1;
    gaps[node].after = 0;
    while (gaps[node].after < n && !is_seen(frames, gaps[node].after, node)) gaps[node].after++;
  }
  for (int start = 0; start < NODES; start += JOINTS) {
    int first = 0;
    while (first < JOINTS && gaps[start + first].after == n) first++;
    for (int joint = 0; joint < JOINTS; joint++) {
      int from = joint;
      while (from >= 0 && gaps[start + from].after == n) from = parents[from];
      sources[start + joint] = first == JOINTS ? -1 : start + (from < 0 ? first : from);
    }
  }
}

/* A node that some frame saw: on a straight line between the frames around `frame` that did. */
static void fill_node(const float *frames, int n, int frame, int node, float *joint)
{
  int before = gaps[node].before, after = gaps[node].after;
  const float *a, *b;
  real share;
  if (is_seen(frames, frame, node)) {
    before = after = frame;
  } else if (frame <= before || frame >= after) {
    for (before = frame; before >= 0 && !is_seen(frames, before, node); before--) {}
    for (after = frame; after < n && !is_seen(frames, after, node); after++) {}
    gaps[node].before = before;
    gaps[node].after = after;
  }
  if (before < 0) before = after;
  if (after == n) after = before;
  a = frames + ((long)before * NODES + node) * 3;
  b = frames + ((long)after * NODES + node) * 3;
  share = before == after ? 0 : (real)(frame - before) / (real)(after - before);
  for (int axis = 0; axis < 3; axis++) joint[axis] = (float)((1 - share) * (real)a[axis] + share * (real)b[axis]);
}

/* A frame without lost joints, until the next call. A person never seen is at the root of the first who was. */
static const float *frame_at(const float *frames, int n, int frame)
{
  static float filled[NODES * 3];
  real root[3] = {0, 0, 0};
  int present = NODES;
  if (!is_lost) return frames + (long)frame * NODES * 3;
  for (int node = NODES - 1; node >= 0; node--) {
    if (sources[node] < 0) continue;
    fill_node(frames, n, frame, sources[node], filled + node * 3);
    present = node;
  }
  if (present < NODES) middle_of(filled + present * 3, root_joints, root);
  for (int i = 0; i < NODES * 3; i++)
    if (sources[i / 3] < 0) filled[i] = (float)root[i % 3];
  return filled;
}
