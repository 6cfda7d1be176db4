// Lost joints, NaN in memory, are filled as in src/runtime/skeleton/lost.ts, in place.

import { address, float, setFloat, Word, word } from './memory';
import { middleOf, personAt } from './pose';

/** Fills every lost joint of a recording of n frames. */
export function fillLostJoints(positions: usize, n: i32): void {
  if (!hasLost(positions, n)) return;
  const persons = word(Word.persons);
  let present = -1;
  for (let person = persons - 1; person >= 0; --person) if (fillPerson(positions, n, person)) present = person;
  for (let person = 0; person < persons; ++person) {
    if (isLost(personAt(positions, 0, person), 0)) standAtRoot(positions, n, person, present);
  }
}

function hasLost(positions: usize, n: i32): bool {
  const count = n * word(Word.persons) * word(Word.joints) * 3;
  for (let i = 0; i < count; ++i) if (isNaN(float(positions, i))) return true;
  return false;
}

/** Of a joint of the person that is at `person`. */
function isLost(person: usize, joint: i32): bool {
  return isNaN(float(person, joint * 3) + float(person, joint * 3 + 1) + float(person, joint * 3 + 2));
}

/** False if no joint was seen. A joint that some frame saw is no longer lost in the first frame, once its gaps are bridged. */
function fillPerson(positions: usize, n: i32, person: i32): bool {
  const joints = word(Word.joints), parents = address(Word.parents), start = personAt(positions, 0, person);
  let first = -1;
  for (let joint = joints - 1; joint >= 0; --joint) {
    bridgeGaps(positions, n, person, joint);
    if (!isLost(start, joint)) first = joint;
  }
  if (first < 0) return false;
  for (let joint = 0; joint < joints; ++joint) {
    let from = joint;
    while (from >= 0 && isLost(start, from)) from = load<i32>(parents + (<usize>from << 2));
    if (from != joint) copyJoint(positions, n, person, from < 0 ? first : from, joint);
  }
  return true;
}

/** Fills the frames that lost a joint from those that saw it. */
function bridgeGaps(positions: usize, n: i32, person: i32, joint: i32): void {
  let before = -1;
  for (let frame = 0; frame <= n; ++frame) {
    if (frame < n && isLost(personAt(positions, frame, person), joint)) continue;
    const after = frame < n ? frame : before;
    if (after < 0) return;
    const from = before < 0 ? after : before;
    for (let gap = before + 1; gap < frame; ++gap) {
      const share = from == after ? 0.0 : <f64>(gap - from) / <f64>(after - from);
      mix(personAt(positions, from, person), personAt(positions, after, person), share, personAt(positions, gap, person), joint);
    }
    before = after;
  }
}

function mix(a: usize, b: usize, share: f64, to: usize, joint: i32): void {
  for (let i = joint * 3; i < joint * 3 + 3; ++i) {
    setFloat(to, i, <f32>((1.0 - share) * <f64>float(a, i) + share * <f64>float(b, i)));
  }
}

function copyJoint(positions: usize, n: i32, person: i32, from: i32, to: i32): void {
  for (let frame = 0; frame < n; ++frame) {
    const at = personAt(positions, frame, person);
    for (let axis = 0; axis < 3; ++axis) setFloat(at, to * 3 + axis, float(at, from * 3 + axis));
  }
}

/** Puts all joints of a person into the root of another, or into zero if there is none. */
function standAtRoot(positions: usize, n: i32, person: i32, other: i32): void {
  const size = word(Word.joints) * 3;
  for (let frame = 0; frame < n; ++frame) {
    const at = personAt(positions, frame, person);
    for (let i = 0; i < size; ++i) {
      setFloat(at, i, other < 0 ? 0 : <f32>middleOf(personAt(positions, frame, other), address(Word.root), i % 3));
    }
  }
}
