// The last seconds of a stream on a grid in time, as in src/runtime/stream/cells.ts; the last cell is not complete.

import { address, float, setFloat, setting, Setting, Word, word } from './memory';

/** Cells that were begun since the window was empty. */
export let begun: i32 = 0;
/** When the first of them began. */
export let origin: f64 = 0;

@inline
function nodes(): i32 {
  return word(Word.persons) * word(Word.joints);
}

/** When a node was seen last. */
@inline
export function seen(node: i32): usize {
  return address(Word.seen) + (<usize>node << 3);
}

export function clearCells(): void {
  const cells = address(Word.cells), count = (word(Word.frames) + 1) * nodes();
  begun = 0;
  for (let i = 0; i < count * 3; ++i) setFloat(cells, i, f32.NaN);
  for (let node = 0; node < nodes(); ++node) store<f64>(seen(node), -Infinity);
  memory.fill(address(Word.weights), 0, <usize>count << 2);
}

/** Takes the frame at `frame`, whose lost joints are NaN. */
export function addFrame(time: f64): void {
  const width = setting(Setting.window) / <f64>word(Word.frames), count = word(Word.frames);
  if (begun == 0) origin = time;
  begin(<i32>Math.floor((time - origin) / width) + 1);
  for (let node = 0; node < nodes(); ++node) {
    const now = address(Word.frame) + <usize>node * 12, last = address(Word.last) + <usize>node * 12;
    if (isNaN(load<f32>(now))) continue;
    const before = load<f64>(seen(node)), since = time - before <= setting(Setting.gap) ? before : time;
    const newest = begun - 1;
    for (let cell = max(<i32>Math.floor((since - origin) / width), newest - count); cell <= newest; ++cell) {
      const start = max(since, origin + <f64>cell * width), end = min(time, origin + <f64>(cell + 1) * width);
      const share = since == time ? 1.0 : ((start + end) / 2 - since) / (time - since);
      mix((count - newest + cell) * nodes() + node, last, now, share, end - start);
    }
    memory.copy(last, now, 12);
    store<f64>(seen(node), time);
  }
}

function begin(wanted: i32): void {
  const count = word(Word.frames), cells = address(Word.cells), weights = address(Word.weights);
  const size = <usize>nodes() * 12, room = <usize>nodes() << 2;
  for (let missing = min(wanted - begun, count + 1); missing > 0; --missing) {
    memory.copy(cells, cells + size, <usize>count * size);
    memory.copy(weights, weights + room, <usize>count * room);
    for (let i = 0; i < nodes() * 3; ++i) setFloat(cells + <usize>count * size, i, f32.NaN);
    memory.fill(weights + <usize>count * room, 0, room);
  }
  begun = wanted;
}

/** Mixes a position between the last one and this one, which lasts for so many seconds, into a mean. */
function mix(index: i32, last: usize, now: usize, share: f64, seconds: f64): void {
  const mean = address(Word.cells) + <usize>index * 12, weights = address(Word.weights);
  const isFirst = isNaN(load<f32>(mean));
  if (!isFirst && seconds == 0) return;
  setFloat(weights, index, <f32>(<f64>float(weights, index) + seconds));
  const part = seconds / <f64>float(weights, index);
  for (let axis = 0; axis < 3; ++axis) {
    const from = <f64>float(last, axis), middle = <f64>float(mean, axis);
    const value = from + share * (<f64>float(now, axis) - from);
    setFloat(mean, axis, <f32>(isFirst ? value : middle + part * (value - middle)));
  }
}
