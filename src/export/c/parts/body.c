/* A person's mean root, mean vectors root -> top and right -> left, and mean distance root -> top. */
typedef struct {
  real middle[3], spine[3], across[3], size;
} body;

static body body_of(const float *sequence, int n, int person)
{
  body whole = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0};
  for (int frame = 0; frame < n; frame++) {
    const float *now = sequence + (frame * PERSONS + person) * PERSON;
    real root[3], top[3], left[3], right[3], square = 0;
    middle_of(now, root_joints, root);
    middle_of(now, top_joints, top);
    middle_of(now, left_joints, left);
    middle_of(now, right_joints, right);
    for (int axis = 0; axis < 3; axis++) {
      whole.middle[axis] += root[axis];
      whole.spine[axis] += top[axis] - root[axis];
      whole.across[axis] += left[axis] - right[axis];
      square += (top[axis] - root[axis]) * (top[axis] - root[axis]);
    }
    whole.size += square_root(square) / (real)n;
  }
  for (int axis = 0; axis < 3; axis++) {
    whole.middle[axis] *= 1 / (real)n;
    whole.spine[axis] *= 1 / (real)n;
    whole.across[axis] *= 1 / (real)n;
  }
  return whole;
}

/* 1 / size, of a body or a vector that may have none. */
static real inverse(real size)
{
  return 1 / (size > (real)1e-6 ? size : (real)1e-6);
}

/* Puts a person into a frame of reference, whose origin is the root of each frame unless it is given. */
static void move(float *sequence, int n, int person, const real *fixed, real axes[3][3])
{
  for (int frame = 0; frame < n; frame++) {
    float *now = sequence + (frame * PERSONS + person) * PERSON;
    real root[3];
    const real *origin = fixed ? fixed : root;
    middle_of(now, root_joints, root);
    for (float *joint = now; joint < now + PERSON; joint += 3) {
      const real x = (real)joint[0] - origin[0], y = (real)joint[1] - origin[1], z = (real)joint[2] - origin[2];
      for (int axis = 0; axis < 3; axis++) joint[axis] = (float)(x * axes[axis][0] + y * axes[axis][1] + z * axes[axis][2]);
    }
  }
}
