import { assemble, lossNotes, type Pose } from './assemble.js';
import { followPersons } from './follow-persons.js';
import { badFile } from './format.js';
import type { Recording } from './recording.js';

/**
 * Makes one recording of recordings that hold a frame each, in their order; persons are followed from frame to frame.
 * @param source the folder, for error messages
 * @throws InputError if frames are of different joints or nobody is in any of them
 */
export function joinFrames(frames: readonly Recording[], source: string): Recording {
  const first = frames.find(({ joints }) => joints > 0);
  if (first === undefined) {
    throw badFile(
      source,
      '',
      'a person in at least one of the frames',
      `${frames.length} empty frames`,
      'Leave the folder out.',
    );
  }
  const { frames: followed, dropped } = followPersons(frames.map((frame, t) => posesOf(frame, first, t, source)));
  const { dimensions, layout, jointNames, unit, aspect } = first;
  const facts = {
    part: '',
    dimensions,
    ...(layout !== undefined && { layout }),
    ...(jointNames !== undefined && { jointNames }),
    ...(unit !== undefined && { unit }),
    ...(aspect !== undefined && { aspect }),
    notes: [...lossNotes(followed, 'not detected'), ...droppedNotes(dropped)],
  };
  return assemble(followed, first.joints, facts, source);
}

/** What is said of persons for whom there was no slot. */
export function droppedNotes(dropped: number): string[] {
  return dropped === 0 ? [] : [`${dropped} poses dropped: more than 16 persons at a time`];
}

function posesOf(frame: Recording, { joints }: Recording, t: number, source: string): Pose[] {
  if (frame.persons === 0) return [];
  if (frame.joints !== joints || frame.frames !== 1) {
    const found = `${frame.frames} of ${frame.joints}`;
    throw badFile(
      source,
      `file ${t + 1}`,
      `one frame of ${joints} joints as in the files before`,
      found,
      'Put such files in separate folders.',
    );
  }
  return Array.from({ length: frame.persons }, (_, person) =>
    frame.positions.slice(person * joints * 3, (person + 1) * joints * 3),
  );
}
