// The channel steps of src/runtime/skeleton/channels.ts: each follows a signal through the frames of the clip and describes
// it by statistics, by means, or by both.

import { address, float, integer, setFloat, Word, word } from './memory';
import { bit } from './network';

/** Words of a signal. */
const enum Signal { kind, targets, width, statistics, chunks, isSteps, words }

const enum Kind { position, bone, distance }

@inline
function field(signal: usize, at: Signal): i32 {
  return load<i32>(signal + (<usize>at << 2));
}

/** Writes the features of the clip, [nodes][channels]. */
export function describe(): void {
  const nodes = word(Word.persons) * word(Word.joints), channels = word(Word.channels);
  for (let node = 0; node < nodes; ++node) {
    let out = address(Word.features) + (<usize>(node * channels) << 2);
    let signal = address(Word.signals);
    for (let left = word(Word.signalCount); left > 0; --left) {
      out = describeSignal(signal, node, out);
      signal += <usize>Signal.words << 2;
    }
  }
}

/** Returns where the next signal's channels are. */
function describeSignal(signal: usize, node: i32, out: usize): usize {
  const width = field(signal, Signal.width), chunks = field(signal, Signal.chunks), isSteps = field(signal, Signal.isSteps);
  const statistics = field(signal, Signal.statistics);
  for (let i = 0; i < width; ++i) {
    let to = out + (<usize>i << 2);
    follow(signal, node, i);
    if (statistics) {
      writeStatistics(to, width);
      to += <usize>(statistics * width) << 2;
    }
    if (chunks) writeMeans(to, width, chunks, isSteps);
  }
  return out + (<usize>(width * (statistics + chunks - isSteps)) << 2);
}

/** Fills the track with a coordinate, a coordinate of a bone, or a distance. */
function follow(signal: usize, node: i32, i: i32): void {
  const frames = word(Word.frames), joints = word(Word.joints), size = word(Word.persons) * joints * 3;
  const kind = field(signal, Signal.kind), track = address(Word.track);
  const joint = node % joints, parent = load<i32>(address(Word.parents) + (<usize>joint << 2));
  let other = node - joint + parent;
  if (kind == Kind.distance) other = load<i32>(<usize>field(signal, Signal.targets) + (<usize>i << 2));
  let at = address(Word.clip);
  for (let frame = 0; frame < frames; ++frame, at += <usize>size << 2) {
    let value = float(at, node * 3 + i);
    if (kind == Kind.bone) value = parent < 0 ? 0 : value - float(at, other * 3 + i);
    if (kind == Kind.distance) value = distance(at, node, other);
    setFloat(track, frame, value);
  }
}

function distance(positions: usize, a: i32, b: i32): f32 {
  const x = <f64>float(positions, a * 3) - <f64>float(positions, b * 3);
  const y = <f64>float(positions, a * 3 + 1) - <f64>float(positions, b * 3 + 1);
  const z = <f64>float(positions, a * 3 + 2) - <f64>float(positions, b * 3 + 2);
  return <f32>sqrt(x * x + y * y + z * z);
}

/** Means over equal parts of the frames, or the steps between them. */
function writeMeans(out: usize, width: i32, chunks: i32, isSteps: i32): void {
  const track = address(Word.track), span = word(Word.frames) / chunks;
  const share = 1.0 / <f64>span;
  let last: f32 = 0;
  for (let chunk = 0, frame = 0; chunk < chunks; ++chunk) {
    let mean: f32 = 0;
    for (let i = 0; i < span; ++i, ++frame) mean = <f32>(<f64>mean + <f64>float(track, frame) * share);
    if (chunk >= isSteps) {
      setFloat(out, 0, isSteps ? mean - last : mean);
      out += <usize>width << 2;
    }
    last = mean;
  }
}

/** Mean, standard deviation, least and greatest over the frames. */
function writeStatistics(out: usize, width: i32): void {
  const track = address(Word.track), frames = word(Word.frames);
  let sum: f64 = 0, squares: f64 = 0, least = float(track, 0), greatest = least;
  for (let frame = 0; frame < frames; ++frame) {
    const value = float(track, frame);
    sum += <f64>value;
    squares += <f64>value * <f64>value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const mean = sum / <f64>frames;
  setFloat(out, 0, <f32>mean);
  setFloat(out, width, <f32>sqrt(max(squares / <f64>frames - mean * mean, 0)));
  setFloat(out, 2 * width, least);
  setFloat(out, 3 * width, greatest);
}

/** Of the features that the network uses, as the first layer's input. */
export function standardise(input: usize): void {
  const features = address(Word.features);
  const count = word(Word.persons) * word(Word.joints) * word(Word.channels);
  for (let i = 0, next = 0; i < count; ++i) {
    let x: f32 = 0;
    if (bit(address(Word.used), i)) x = standardised(float(features, i), next++);
    store<f64>(input + (<usize>i << 3), <f64>x);
  }
}

/** (x - mean) / deviation, clamped, of a feature that is so many after the first that is used. */
export function standardised(x: f32, next: i32): f32 {
  const factor = <f64>float(address(Word.inverseDeviations), integer(address(Word.inverses), word(Word.inversesWidth), next));
  const mean = <f32>(<f64>integer(address(Word.means), word(Word.meansWidth), next) / (8 * factor));
  return <f32>min(max((<f64>x - <f64>mean) * factor, -6), 6);
}
