// Landmarks that tremble, smoothed as in src/runtime/stream/one-euro.ts.

import { seen } from './cells';
import { address, float, setFloat, Word, word } from './memory';

/** Float64 at Word.oneEuro. */
const enum Cutoff { least, beta, derivative }

@inline
function cutoff(at: Cutoff): f64 {
  return load<f64>(address(Word.oneEuro) + (<usize>at << 3));
}

/** Smooths the frame at `frame`, whose lost joints are NaN; nothing where the network states no filter. */
export function smooth(time: f64): void {
  if (address(Word.oneEuro) == 0) return;
  for (let node = 0, count = word(Word.persons) * word(Word.joints); node < count; ++node) {
    const now = address(Word.frame) + <usize>node * 12, last = address(Word.last) + <usize>node * 12;
    const velocities = address(Word.velocities) + <usize>node * 12;
    if (isNaN(load<f32>(now))) continue;
    const since = time - load<f64>(seen(node));
    if (since == Infinity) memory.fill(velocities, 0, 12);
    else {
      const share = shareOfNew(now, last, velocities, since);
      for (let axis = 0; axis < 3; ++axis) {
        const before = <f64>float(last, axis);
        setFloat(now, axis, <f32>(before + share * (<f64>float(now, axis) - before)));
      }
    }
  }
}

function shareOfNew(now: usize, last: usize, velocities: usize, since: f64): f64 {
  const pace = 2 * Math.PI * cutoff(Cutoff.derivative);
  let square: f64 = 0;
  for (let axis = 0; axis < 3; ++axis) {
    const way = <f64>float(now, axis) - <f64>float(last, axis), before = <f64>float(velocities, axis);
    setFloat(velocities, axis, <f32>(before + (pace * (way - since * before)) / (pace * since + 1)));
    const velocity = <f64>float(velocities, axis);
    square += velocity * velocity;
  }
  const angle = 2 * Math.PI * (cutoff(Cutoff.least) + cutoff(Cutoff.beta) * Math.sqrt(square)) * since;
  return angle / (angle + 1);
}
