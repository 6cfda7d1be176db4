import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { OneEuroFilter } from '../../runtime/stream/one-euro.js';
import type { RecognizerOptions } from '../../runtime/stream/options.js';
import type { Frame } from '../../runtime/stream/read-frame.js';
import { Recognizer } from '../../runtime/stream/recognizer.js';
import { type Movement, Spotter } from '../../runtime/stream/spotter.js';
import type { View } from '../../runtime/view.js';

/** A frame of a stream and its time; without it, that of the frame rate. */
export interface TimedFrame {
  readonly frame: Frame;
  readonly seconds?: number;
}

/** The frames of a recorded sequence, one by one. */
export function* framesOf({ frames, persons, joints, positions, seconds }: SkeletonSequence): Generator<TimedFrame> {
  const width = persons * joints * 3;
  for (let i = 0; i < frames; i++) {
    const frame = positions.subarray(i * width, (i + 1) * width);
    yield seconds === undefined ? { frame } : { frame, seconds: seconds[i] };
  }
}

/**
 * The movements that the recogniser finds in a stream, the one that goes on at its end too.
 * @throws RangeError on options of the recogniser that make no sense, and on frames that are none
 */
export function answerStream(
  view: View,
  frames: Iterable<TimedFrame>,
  options: Omit<RecognizerOptions, 'onMovement' | 'movements' | 'oneEuro'> = {},
): Movement[] {
  const movements: Movement[] = [];
  const recognizer = new Recognizer(view, {
    ...options,
    movements: Spotter,
    oneEuro: view.stream.oneEuro && OneEuroFilter,
    onMovement: ({ name, ...movement }) => movements.push({ label: view.classes.indexOf(name), ...movement }),
  });
  let at = 0;
  for (const { frame, seconds } of frames) push(recognizer, frame, seconds, at++);
  recognizer.finish();
  return movements;
}

/** Pushes a frame, whose number is told where it is none. */
function push(recognizer: Recognizer, frame: TimedFrame['frame'], seconds: number | undefined, at: number): void {
  try {
    recognizer.push(frame, seconds);
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`frame ${at} (from 0): ${error.message}`) : error;
  }
}
