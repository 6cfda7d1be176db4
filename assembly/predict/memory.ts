// The image of a network in memory; src/export/wasm/image.ts writes it and gives every word its meaning.

/** Where the image is. */
export const BASE: usize = 4096;

/** Words of the image, by their place. */
export const enum Word {
  persons, joints, frames, leastFrames, channels, classes,
  poseSteps, poseStepCount, signals, signalCount,
  root, top, left, right, parents,
  used, inverseDeviations, inverses, inversesWidth, means, meansWidth,
  products, productCount, constantLogits, precision, quantum, temperature,
  settings, nothing, usual, oneEuro, overTime,
  clip, features, track, even, odd, kept, shares, probabilities,
  cells, weights, frame, read, last, seen, velocities, scores, event, input,
}

@inline
export function word(at: Word): i32 {
  return load<i32>(BASE + (<usize>at << 2));
}

/** Of the stream, in seconds, cells or shares: float64 at Word.settings, by their place. */
export const enum Setting { window, step, least, gap, hold, logSmoothing, confidence, enter, leave, shortest, longest, rest, lag }

@inline
export function setting(at: Setting): f64 {
  return load<f64>(address(Word.settings) + (<usize>at << 3));
}

@inline
export function address(at: Word): usize {
  return <usize>word(at);
}

/** Value i of a table of whole numbers, each of 1 byte (unsigned), 2 or 4. */
@inline
export function integer(table: usize, width: i32, i: i32): i32 {
  if (width == 1) return <i32>load<u8>(table + <usize>i);
  if (width == 2) return <i32>load<i16>(table + (<usize>i << 1));
  return load<i32>(table + (<usize>i << 2));
}

@inline
export function float(values: usize, i: i32): f32 {
  return load<f32>(values + (<usize>i << 2));
}

@inline
export function setFloat(values: usize, i: i32, value: f32): void {
  store<f32>(values + (<usize>i << 2), value);
}
