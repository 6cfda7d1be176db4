import { expect } from 'vitest';
import type { RecognizerEvent, RecognizerOptions } from '../../src/runtime/stream/options.js';
import { Recognizer } from '../../src/runtime/stream/recognizer.js';
import { Spotter } from '../../src/runtime/stream/spotter.js';
import type { View } from '../../src/runtime/view.js';

/**
 * A view of one joint, two cells a window and the classes a, b, c, d that gives the probabilities it is told, the last ones
 * for ever, and notes the windows it is shown: x of each cell.
 */
export function fakeView(answers: readonly (readonly number[])[], frames = 2) {
  const windows: number[][] = [];
  const queue = [...answers];
  const view = {
    persons: 1,
    layout: { joints: ['point'], anchors: { root: [0] } },
    classes: ['a', 'b', 'c', 'd'],
    frames,
    stream: {},
    predict({ frames, persons, joints, positions }: Parameters<View['predict']>[0]) {
      expect([frames * persons * joints * 3, persons, joints]).toEqual([positions.length, 1, 1]);
      windows.push([...positions].filter((_, i) => i % 3 === 0));
      return { scores: queue.length > 1 ? queue.shift()! : queue[0] };
    },
  };
  return { view: view as unknown as View, windows };
}

/** Probabilities of the four classes that are sure of one. */
export const SURE = {
  a: [1, 0, 0, 0],
  b: [0, 1, 0, 0],
  c: [0, 0.1, 0.9, 0],
};

/** A recognizer over two cells of a second, with an answer a cell, whose joints stand still between two frames. */
export function recognizer(options: RecognizerOptions, answers: readonly (readonly number[])[] = [SURE.a], frames = 2) {
  const { view, windows } = fakeView(answers, frames);
  const events: RecognizerEvent[] = [];
  const subject = new Recognizer(view, {
    window: frames,
    step: 1,
    least: frames,
    gap: 2.5,
    bridge: 'hold',
    framesPerSecond: 1,
    smoothing: 0,
    confidence: 0,
    ...((options.onMovement || options.repetitions) && { movements: Spotter }),
    onChange: (event) => events.push(event),
    ...options,
  });
  const push = (x: number, seconds?: number) => subject.push([x, 0, 0], seconds);
  return { subject, windows, events, push };
}
