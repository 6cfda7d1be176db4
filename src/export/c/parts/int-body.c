/* Sums over frames: of the root, the vectors root -> top and right -> left, and 256 times the distance root -> top. */
typedef struct {
  int32_t middle[3], spine[3], across[3];
  uint32_t size;
} body;

static body body_of(int person, int n)
{
  body whole_body;
  whole_body.size = 0;
  for (int axis = 0; axis < 3; axis++) whole_body.middle[axis] = whole_body.spine[axis] = whole_body.across[axis] = 0;
  for (int frame = 0; frame < n; frame++) {
    const int16_t *now = person_at(frame, person);
    int32_t base[3], top[3], left[3], right[3];
    middle_of(now, root_joints, base);
    middle_of(now, top_joints, top);
    middle_of(now, left_joints, left);
    middle_of(now, right_joints, right);
    for (int axis = 0; axis < 3; axis++) {
      top[axis] -= base[axis];
      whole_body.middle[axis] += base[axis];
      whole_body.spine[axis] += top[axis];
      whole_body.across[axis] += left[axis] - right[axis];
    }
    whole_body.size += root(square_of(top)) / (uint32_t)n;
  }
  return whole_body;
}
