// Persons of a stream keep their places, as in src/runtime/stream/follow.ts.

import { seen } from './cells';
import { address, float, setFloat, Word, word } from './memory';

/**
 * Puts the persons of the frame at `read`, nearest first, where somebody was last, others where nobody has been, into `frame`.
 * A joint without a coordinate is lost in all three. Whether anybody is seen.
 */
export function place(): bool {
  const persons = word(Word.persons), size = word(Word.joints) * 3, frame = address(Word.frame);
  loseJoints();
  for (let i = 0; i < persons * size; ++i) setFloat(frame, i, f32.NaN);
  let placed: u32 = 0, taken: u32 = 0, round = 0;
  for (; round < persons; ++round) {
    let least = Infinity, from = 0, to = 0;
    for (let i = 0; i < persons; ++i) {
      for (let j = 0; j < persons; ++j) {
        const distance = ((placed >> i) | (taken >> j)) & 1 ? Infinity : distanceTo(i, j);
        if (!(distance < least || (distance == least && i == j))) continue;
        least = distance;
        from = i;
        to = j;
      }
    }
    if (least == Infinity) break;
    memory.copy(personAt(frame, to), personAt(address(Word.read), from), <usize>size << 2);
    placed |= 1 << from;
    taken |= 1 << to;
  }
  return round > 0;
}

@inline
function personAt(frame: usize, person: i32): usize {
  return frame + <usize>person * <usize>word(Word.joints) * 12;
}

function loseJoints(): void {
  const read = address(Word.read), count = word(Word.persons) * word(Word.joints) * 3;
  for (let at = 0; at < count; at += 3) {
    if (!isNaN(float(read, at) + float(read, at + 1) + float(read, at + 2))) continue;
    for (let axis = 0; axis < 3; ++axis) setFloat(read, at + axis, f32.NaN);
  }
}

/** The mean over the joints that both show; the greatest number if there are none, infinite if the person is not seen. */
function distanceTo(person: i32, place: i32): f64 {
  const from = personAt(address(Word.read), person), last = personAt(address(Word.last), place);
  const joints = word(Word.joints);
  let sum = 0.0, common = 0, isSeen = false;
  for (let i = 0; i < joints * 3; ++i) {
    const value = <f64>float(from, i), way = value - <f64>float(last, i);
    if (isNaN(value)) continue;
    isSeen = true;
    if (load<f64>(seen(place * joints + i / 3)) == -Infinity) continue;
    sum += way * way;
    ++common;
  }
  return common > 0 ? sum / <f64>common : isSeen ? f64.MAX_VALUE : Infinity;
}
