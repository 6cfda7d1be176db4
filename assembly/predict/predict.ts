// From a recording to probabilities.

import { describe, standardise } from './channels';
import { fillLostJoints } from './lost';
import { address, float, Word, word } from './memory';
import { infer, softmax } from './network';
import { inferOverTime } from './over-time';
import { bodyFrame, center, heading, orderPersons, resample } from './pose';

const enum Pose { orderPersons, resample, center, bodyFrame, heading }

/** Makes room for a recording; returns where its positions belong: float32 [frames][persons][joints][x, y, z]. */
export function input(frames: i32): usize {
  const end = address(Word.input) + (<usize>(frames * word(Word.persons) * word(Word.joints) * 3) << 2);
  const more = <i32>((end + 0xffff) >> 16) - memory.size();
  if (more > 0) memory.grow(more);
  return address(Word.input);
}

/**
 * Classifies the recording of so many frames at `input`, which it overwrites. A joint that was not seen in a frame is NaN;
 * frames count as equally far apart in time. -1 on fewer frames than the network needs, and on infinite positions.
 */
export function predict(frames: i32): i32 {
  return frames < word(Word.leastFrames) || hasInfinite(frames) ? -1 : softmax(run(frames));
}

function hasInfinite(frames: i32): bool {
  const input = address(Word.input);
  const count = frames * word(Word.persons) * word(Word.joints) * 3;
  for (let i = 0; i < count; i++) if (abs(float(input, i)) == Infinity) return true;
  return false;
}

/** Where the probabilities of the last prediction are: float64, one a class. */
export function probabilities(): usize {
  return address(Word.probabilities);
}

/** Where the logits of a recording are: float64, one a class, until the next call. */
export function run(frames: i32): usize {
  pose(frames);
  if (word(Word.overTime)) return inferOverTime();
  describe();
  standardise(address(Word.even));
  return infer();
}

/** Steps on the recording, then on the clip. */
function pose(frames: i32): void {
  let positions = address(Word.input), n = frames;
  fillLostJoints(positions, n);
  let step = address(Word.poseSteps);
  for (let left = word(Word.poseStepCount); left > 0; --left, step += 12) {
    const kind = load<i32>(step), a = load<i32>(step, 4), b = load<i32>(step, 8);
    if (kind == Pose.resample) {
      resample(positions, n, address(Word.clip));
      positions = address(Word.clip);
      n = word(Word.frames);
    } else if (kind == Pose.orderPersons) orderPersons(positions, n);
    else if (kind == Pose.center) center(positions, n, a, b);
    else if (kind == Pose.bodyFrame) bodyFrame(positions, n, a);
    else heading(positions, n, a);
  }
}
