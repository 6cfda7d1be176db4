// The streaming recogniser, as src/runtime/stream/recognizer.ts and spotter.ts.

import { real, setReal } from '../vectors';
import { addFrame, begun, clearCells, origin } from './cells';
import { exp, log } from './exponential';
import { place } from './follow';
import { address, setting, Setting, Word, word } from './memory';
import { softmax } from './network';
import { smooth } from './one-euro';
import { follow, forget } from './over-time';
import { predict, probabilities } from './predict';

/** What `event` holds, float64 each. */
const enum Event { label, probability, movement, start, end, known, greatest }

let isRunning = false;
let time: f64 = 0, seenAt: f64 = NaN, recognisedAt: f64 = 0;
let answered = 0, label = -1;
/** Of the last answer, smoothed: what is compared with the confidence. */
let sureness: f64 = 0;

/** The span of answers of one class, one after the other: its class or -1, and whether it has reached the greatest length. */
let spanLabel = -1, isOver = false;
let start: f64 = 0, end: f64 = 0, greatest: f64 = 0, known: f64 = Infinity;

/** Where the next frame belongs: float32 [persons][joints][x, y, z], NaN where a joint is lost. */
export function frame(): usize {
  return address(Word.read);
}

/**
 * Takes the frame at `frame`, or none if nobody is seen, and its time in seconds. The sum of 1 if another class is recognised
 * and 2 if a movement is over; -1 on a time before the last and on infinite positions, which leave no trace.
 */
export function push(seconds: f64, isAnybody: bool): i32 {
  if (!isFinite(seconds) || (isRunning && seconds < time) || (isAnybody && hasInfinite())) return -1;
  const before = label;
  if (!isRunning) clearCells();
  isRunning = true;
  time = seconds;
  let isFinished = seconds - seenAt > setting(Setting.gap) && reset();
  if (isAnybody && place()) {
    seenAt = seconds;
    smooth(seconds);
    addFrame(seconds);
    const complete = begun - 1, step = <i32>setting(Setting.step);
    const isStep = answered == 0 || complete / step > answered / step;
    if (isStep && complete >= <i32>setting(Setting.least)) isFinished = classify() || isFinished;
  }
  set(Event.label, <f64>label);
  set(Event.probability, label < 0 ? 0 : score(label));
  return (label != before ? 1 : 0) + (isFinished ? 2 : 0);
}

/** Forgets the frames so far, as at the end of the stream; whether a movement is over. */
export function reset(): bool {
  const isFinished = finish();
  clearCells();
  forget();
  seenAt = NaN;
  answered = 0;
  label = -1;
  return isFinished;
}

/** float64: class or -1 and its probability; of the movement that is over its class, start, end, when it was known, probability. */
export function event(): usize {
  return address(Word.event);
}

@inline
function set(at: i32, value: f64): void {
  store<f64>(address(Word.event) + (<usize>at << 3), value);
}

@inline
function score(at: i32): f64 {
  return load<f64>(address(Word.scores) + (<usize>at << 3));
}

function hasInfinite(): bool {
  const count = word(Word.persons) * word(Word.joints) * 3;
  for (let i = 0; i < count; ++i) if (abs(load<f32>(frame() + (<usize>i << 2))) == Infinity) return true;
  return false;
}

/** Classifies the window; whether a movement is over. */
function classify(): bool {
  const complete = begun - 1, classes = word(Word.classes);
  const steps = <f64>(complete - answered) / setting(Setting.step);
  const past = answered > 0 ? exp(steps * setting(Setting.logSmoothing)) : 0;
  predictWindow(complete);
  let best = 0;
  for (let i = 0; i < classes; ++i) {
    const at = <usize>i << 3;
    store<f64>(address(Word.scores) + at, past * score(i) + (1 - past) * load<f64>(probabilities() + at));
    if (score(i) > score(best)) best = i;
  }
  const usual = address(Word.usual) + (<usize>(best * classes) << 3);
  sureness = address(Word.usual) == 0 ? score(best) : past * sureness + (1 - past) * likeness(usual, classes);
  const isUnsure = sureness < setting(Setting.confidence);
  const isRefused =
    load<u8>(address(Word.nothing) + <usize>best) != 0 || (address(Word.usual) != 0 && isUnsure);
  const isFinished = spot(max(time - setting(Setting.lag), origin), best, isRefused);
  answered = complete;
  if (!isUnsure && !isRefused) {
    recognisedAt = time;
    label = best;
  } else if (time - recognisedAt >= setting(Setting.hold)) label = -1;
  return isFinished;
}

/** Where the window itself has to stay, its features are made of a copy. */
function predictWindow(complete: i32): void {
  const logits = follow(complete);
  if (logits != 0) {
    softmax(logits);
    return;
  }
  const frames = word(Word.frames), bytes = <usize>frames * <usize>word(Word.persons) * <usize>word(Word.joints) * 12;
  memory.copy(address(Word.input), address(Word.cells), bytes);
  predict(frames);
}

/** As in src/runtime/stream/rejection.ts, in the room of the logits; `usual` is float64 [classes]. */
function likeness(usual: usize, classes: i32): f64 {
  const found = address(Word.even);
  for (let i = 0; i < classes; ++i) setReal(found, i, log(real(probabilities(), i)));
  const middle = meanOf(found, classes), usualMiddle = meanOf(usual, classes);
  let product: f64 = 0, square: f64 = 0, usualSquare: f64 = 0;
  for (let i = 0; i < classes; ++i) {
    const value = real(found, i) - middle, mean = real(usual, i) - usualMiddle;
    product += value * mean;
    square += value * value;
    usualSquare += mean * mean;
  }
  const squares = square * usualSquare;
  return product / sqrt(squares != 0 ? squares : 1);
}

function meanOf(values: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; ++i) sum += real(values, i);
  return sum / <f64>count;
}

/** Hysteresis: from an answer to movements; whether one is over. */
function spot(moment: f64, best: i32, isRefused: bool): bool {
  const enter = setting(Setting.enter), leave = setting(Setting.leave);
  const isOther = best != spanLabel && score(best) >= (known < Infinity || isOver ? enter : leave) && !isRefused;
  const isHeld = spanLabel >= 0 && score(spanLabel) >= leave && !isRefused;
  let isFinished = false;
  if (isOther || (!isHeld && moment - end > setting(Setting.rest))) {
    isFinished = finish();
    if (!isOther) return isFinished;
    spanLabel = best;
    start = moment;
    greatest = 0;
  } else if (!isHeld) return false;
  end = moment;
  greatest = max(greatest, score(spanLabel));
  if (isOver) return isFinished;
  if (greatest >= enter && moment - start >= setting(Setting.shortest)) known = min(known, time);
  if (moment - start < setting(Setting.longest)) return isFinished;
  const ended = spanLabel;
  isFinished = finish();
  isOver = isFinished;
  if (isFinished) spanLabel = ended;
  return isFinished;
}

/** Ends the span; whether it is a movement that is known. */
function finish(): bool {
  const isKnown = spanLabel >= 0 && known < Infinity;
  if (isKnown) {
    set(Event.movement, <f64>spanLabel);
    set(Event.start, start);
    set(Event.end, end);
    set(Event.known, known);
    set(Event.greatest, greatest);
  }
  spanLabel = -1;
  known = Infinity;
  isOver = false;
  return isKnown;
}
