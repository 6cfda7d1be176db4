// Vectors of float64 in memory, [x, y, z], at an address.

@inline
export function real(vector: usize, axis: i32): f64 {
  return load<f64>(vector + (<usize>axis << 3));
}

@inline
export function setReal(vector: usize, axis: i32, value: f64): void {
  store<f64>(vector + (<usize>axis << 3), value);
}

export function scale(vector: usize, factor: f64): void {
  for (let axis = 0; axis < 3; ++axis) setReal(vector, axis, real(vector, axis) * factor);
}

export function dot(a: usize, b: usize): f64 {
  return real(a, 0) * real(b, 0) + real(a, 1) * real(b, 1) + real(a, 2) * real(b, 2);
}

/** Of a length, which may be zero. */
@inline
export function inverse(length: f64): f64 {
  return 1.0 / max(length, 1e-6);
}

/** Makes it one long. */
export function normalise(vector: usize): void {
  scale(vector, inverse(sqrt(dot(vector, vector))));
}
