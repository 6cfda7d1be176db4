import { encodeModel } from '../../src/model/file/file.js';
import type { Model } from '../../src/model/model.js';
import { ContinualRecognizer } from '../../src/runtime/stream/continual-recognizer.js';
import { OneEuroFilter } from '../../src/runtime/stream/one-euro.js';
import type { Recognizer } from '../../src/runtime/stream/recognizer.js';
import { Spotter } from '../../src/runtime/stream/spotter.js';
import { RuntimeModel } from '../../src/runtime-temporal.js';
import type { StreamAnswer, TimedFrame } from './c-stream.js';
import { randomSequences } from './random-preprocessing.js';

type Create = (options: ConstructorParameters<typeof Recognizer>[1]) => Recognizer;

/** What a recogniser of the runtime says of frames; the last answer is that of the stream's end. */
export function answersOf(create: Create, { classes }: { classes: readonly string[] }, frames: readonly TimedFrame[]) {
  const answers: StreamAnswer[] = [];
  let movement: StreamAnswer['movement'];
  const recognizer = create({
    onMovement: ({ name, start, end, known }) => {
      movement = { label: classes.indexOf(name), start, end, known };
    },
  });
  for (const { seconds, positions } of frames) {
    movement = undefined;
    const isChanged = recognizer.push(positions, seconds) !== undefined;
    const { name } = recognizer.current;
    const label = name === null ? -1 : classes.indexOf(name);
    // Of the last answer; `current` has that of the last change.
    const { scores } = recognizer as unknown as { scores: Float64Array };
    answers.push({ isChanged, label, probability: label < 0 ? 0 : scores[label], movement });
  }
  movement = undefined;
  recognizer.finish();
  return [...answers, { isChanged: false, label: -1, probability: 0, movement }];
}

export function runtimeAnswers(model: Model, frames: readonly TimedFrame[]): StreamAnswer[] {
  const view = new RuntimeModel(encodeModel(model)).view();
  const filter = view.stream.oneEuro && { oneEuro: OneEuroFilter };
  return answersOf(
    (options) => new ContinualRecognizer(view, { movements: Spotter, ...options, ...filter }),
    model.description,
    frames,
  );
}

/** Movements one after another at an uneven frame rate, with lost joints, frames without anybody, and a long absence. */
export function randomStream(persons: number, seed: number, joints?: number): TimedFrame[] {
  let seconds = 1;
  return randomSequences(15, persons, seed, joints).flatMap(({ frames, joints, positions }, i) => {
    seconds += i === 6 ? 2 : 0;
    const size = persons * joints * 3;
    return Array.from({ length: frames }, (_, frame) => {
      seconds += 0.02 + 0.03 * ((frame * 7 + i) % 3);
      const isLost = (frame * 5 + i) % 11 === 0;
      const pose = positions.slice(frame * size, (frame + 1) * size).map((x, at) => x + (i % 3) * Math.sin(at + i));
      return { seconds, positions: isLost ? null : pose };
    });
  });
}
