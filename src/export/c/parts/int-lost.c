/* Lost joints. Of each node: which node it is filled from, itself if a frame saw it, or -1 if none of its person was seen. */
static int16_t sources[NODES];
static struct {
  int node, before, after; /* the frames around the last gap that saw the node; -1 and n where there is none */
  int32_t from[3], to[3];  /* where they saw it */
} gap;

/* No frame before the first saw anything. A joint never seen is at its nearest ancestor that was, or else at the person's first joint that was. */
static void find_sources(int first_frame, int n)
{
  int32_t joint[3];
  gap.node = -1;
  for (int node = 0; node < NODES; node++) {
    int frame = first_frame;
    while (frame < n && !see(frame, node, joint)) frame++;
    sources[node] = (int16_t)(frame < n ? node : -1);
  }
  for (int start = 0; start < NODES; start += JOINTS) {
    int first = 0;
    while (first < JOINTS && sources[start + first] != start + first) first++;
    for (int joint_at = JOINTS - 1; joint_at >= 0 && first < JOINTS; joint_at--) {
      int from = joint_at;
      if (sources[start + joint_at] >= 0) continue;
      while (from >= 0 && sources[start + from] != start + from) from = parents[from];
      sources[start + joint_at] = (int16_t)(start + (from < 0 ? first : from));
    }
  }
}

/* A node in a frame, on a straight line between the frames around it that saw it; 0 if its person was never seen. */
static int fill(int n, int frame, int node, int32_t joint[3])
{
  const int source = sources[node];
  if (source < 0) return 0;
  if (gap.node != source || frame <= gap.before || frame >= gap.after) {
    if (see(frame, source, joint)) return 1;
    gap.node = source;
    for (gap.before = frame - 1; gap.before >= 0 && !see(gap.before, source, gap.from); gap.before--) {}
    for (gap.after = frame + 1; gap.after < n && !see(gap.after, source, gap.to); gap.after++) {}
  }
  memcpy(joint, gap.before < 0 ? gap.to : gap.from, sizeof gap.to);
  if (gap.before < 0 || gap.after == n) return 1;
  for (int axis = 0; axis < 3; axis++)
    joint[axis] += (gap.to[axis] - gap.from[axis]) * (frame - gap.before) / (gap.after - gap.before);
  return 1;
}

/* Persons never seen are at the root of the first who was. */
static void fill_persons(int16_t *positions)
{
  int present = 0, missing = 0;
  while (present < NODES && sources[present] < 0) present++;
  while (missing < NODES && sources[missing] >= 0) missing++;
  if (missing == NODES) return;
  for (int frame = 0; frame < FRAMES; frame++, positions += NODES * 3) {
    int32_t middle[3] = {0, 0, 0};
    if (present < NODES) middle_of(positions + present * 3, root_joints, middle);
    for (int i = 0; i < NODES * 3; i++)
      if (sources[i / 3] < 0) positions[i] = (int16_t)middle[i % 3];
  }
}
