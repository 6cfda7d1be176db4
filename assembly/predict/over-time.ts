// Networks over time, as src/runtime/network/frame-machine.ts runs them: frame by frame, each value a sum of links to values of this
// frame and of kept ones; the newest values of a block come after those of the frames before.

import { seen } from './cells';
import { standardised } from './channels';
import { address, float, integer, setFloat, Word, word } from './memory';

/** Words at Word.overTime; src/export/wasm/over-time.ts writes them. */
const enum Net {
  inputs, featuresAt, featureFrames, stageCount, lastCount,
  pooled, poolAt, poolDepth, poolFrames, poolStep, poolRectified,
  places, placesWidth, origins, originsWidth, noOrigin, stages,
  biases, counts, countsWidth, sources, sourcesWidth, codes, codesWidth, weights,
  poolBiases, constantLogits, logitSources, isContinual,
}

/** Words of a stage: where its values and links begin among all, its size, where its newest values are kept, of so many frames. */
const enum Stage { value, link, values, to, frames, rectified, reach, step, words }

/** Where the oldest share of a frame in the pool is. */
let oldestShare: i32 = 0;
/** Complete cells of the stream when the network took its last frame; -1 if that was of a recording. */
let followed: i32 = -1;

@inline
function net(at: Net): i32 {
  return load<i32>(address(Word.overTime) + (<usize>at << 2));
}

@inline
function field(stage: usize, at: Stage): i32 {
  return load<i32>(stage + (<usize>at << 2));
}

/** From the clip to logits; returns where they are. */
export function inferOverTime(): usize {
  const size = <usize>(word(Word.persons) * word(Word.joints) * 3) << 2;
  let now = address(Word.clip), before = now;
  forget();
  for (let frame = 0; frame < word(Word.frames); ++frame) {
    takeFrame(now, before, frame);
    before = now;
    now += size;
  }
  return answer();
}

/** Whatever the network took, the stream goes on with a whole window. */
export function forget(): void {
  followed = -1;
}

/**
 * The logits of the stream's window, whose new cells alone go through the network, if it has taken those before them; where they
 * are, or 0 where its features are of a whole clip or joints are lost. Cells still change where a node was not seen in the last
 * frame.
 */
export function follow(complete: i32): usize {
  if (!word(Word.overTime) || !net(Net.isContinual)) return 0;
  const frames = word(Word.frames), nodes = word(Word.persons) * word(Word.joints), size = <usize>nodes * 12;
  const isNext = followed >= 0 && complete - followed < frames, count = isNext ? complete - followed : frames;
  const end = address(Word.cells) + <usize>frames * size;
  for (let node = 1; node < nodes; ++node) if (load<f64>(seen(node)) != load<f64>(seen(0))) return 0;
  for (let at = end - <usize>count * size; at < end; at += 4) if (isNaN(load<f32>(at))) return 0;
  for (let at = end - <usize>count * size; at < end; at += size) takeFrame(at, at, -1);
  followed = complete;
  return answer();
}

/** In a clip a stage's values are known for the frames reach, reach + step ...; in a stream, where `frame` is -1, for all. */
function takeFrame(now: usize, before: usize, frame: i32): void {
  const kept = address(Word.kept);
  describeFrame(now, before, advance(net(Net.featuresAt), net(Net.inputs), net(Net.featureFrames)));
  let stage = <usize>net(Net.stages);
  for (let left = net(Net.stageCount); left > 0; --left, stage += <usize>Stage.words << 2) {
    const reach = field(stage, Stage.reach);
    const out = advance(field(stage, Stage.to), field(stage, Stage.values), field(stage, Stage.frames));
    if (frame < 0 || (frame >= reach && (frame - reach) % field(stage, Stage.step) == 0)) addLinks(stage, kept, out);
  }
  addLinks(stage, kept, address(Word.shares) + (<usize>oldestShare << 2));
  oldestShare += net(Net.pooled);
  if (oldestShare == net(Net.pooled) * net(Net.poolDepth)) oldestShare = 0;
}

/** Where the newest of some kept values belong, after the frames before them have gone one back. */
function advance(to: i32, values: i32, frames: i32): usize {
  const newest = address(Word.kept) + (<usize>to << 2), bytes = <usize>values << 2;
  const oldest = newest - <usize>(frames - 1) * bytes;
  memory.copy(oldest, oldest + bytes, <usize>(frames - 1) * bytes);
  return newest;
}

/** The standardised features that are used: coordinates, or their differences from others in the frame or in the one before. */
function describeFrame(now: usize, before: usize, out: usize): void {
  const size = word(Word.persons) * word(Word.joints) * 3;
  for (let i = 0; i < net(Net.inputs); ++i) {
    const origin = integer(<usize>net(Net.origins), net(Net.originsWidth), i);
    let value = float(now, integer(<usize>net(Net.places), net(Net.placesWidth), i));
    if (origin < size) value -= float(now, origin);
    else if (origin != net(Net.noOrigin)) value -= float(before, origin - size);
    setFloat(out, i, standardised(value, i));
  }
}

function addLinks(stage: usize, kept: usize, out: usize): void {
  const sources = <usize>net(Net.sources), sourcesWidth = net(Net.sourcesWidth);
  const codes = <usize>net(Net.codes), codesWidth = net(Net.codesWidth), weights = <usize>net(Net.weights);
  const first = field(stage, Stage.value);
  let link = field(stage, Stage.link);
  for (let i = 0; i < field(stage, Stage.values); ++i) {
    let sum = load<f64>(<usize>net(Net.biases) + (<usize>(first + i) << 3));
    for (let left = integer(<usize>net(Net.counts), net(Net.countsWidth), first + i); left > 0; --left, ++link) {
      const weight = float(weights, integer(codes, codesWidth, link));
      sum += <f64>weight * <f64>float(kept, integer(sources, sourcesWidth, link));
    }
    setFloat(out, i, <f32>(field(stage, Stage.rectified) ? max(sum, 0) : sum));
  }
}

/** The pool's sums over its window, the stages after it, and the logits, as float64. */
function answer(): usize {
  const kept = address(Word.kept), pooled = net(Net.pooled), room = pooled * net(Net.poolDepth);
  for (let i = 0; i < pooled; ++i) {
    let sum = load<f64>(<usize>net(Net.poolBiases) + (<usize>i << 3));
    for (let frame = 0, at = oldestShare; frame < net(Net.poolFrames); ++frame) {
      sum += <f64>float(address(Word.shares), at + i);
      at += net(Net.poolStep) * pooled;
      if (at >= room) at -= room;
    }
    setFloat(kept, net(Net.poolAt) + i, <f32>(net(Net.poolRectified) ? max(sum, 0) : sum));
  }
  let stage = <usize>net(Net.stages) + (<usize>((net(Net.stageCount) + 1) * Stage.words) << 2);
  for (let left = net(Net.lastCount); left > 0; --left, stage += <usize>Stage.words << 2) {
    addLinks(stage, kept, kept + (<usize>field(stage, Stage.to) << 2));
  }
  const logits = address(Word.even);
  for (let i = 0; i < word(Word.classes); ++i) {
    const source = load<i32>(<usize>net(Net.logitSources) + (<usize>i << 2));
    const constant = load<f64>(<usize>net(Net.constantLogits) + (<usize>i << 3));
    store<f64>(logits + (<usize>i << 3), source < 0 ? constant : <f64>float(kept, source));
  }
  return logits;
}
