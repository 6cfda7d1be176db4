/** Recordings made of persons that a 2-D detector found frame by frame. */
import { assemble, type Facts, lossNotes, type Pose, type PoseFrame } from './assemble.js';
import { followPersons } from './follow-persons.js';
import { badFile, MOST_PERSONS } from './format.js';
import { droppedNotes } from './join-frames.js';
import { DETECTED_LAYOUTS, LEAST_CONFIDENCE, pictureUnit } from './keypoints.js';
import type { Recording } from './recording.js';

/** A person whom a detector found. */
export interface Detection {
  readonly pose: Pose;
  /** Number that a tracker gave, the same in each frame. */
  readonly track?: number | string;
}

/** Frames that a file leaves out are filled with nobody while they are no more than those it has, and a second's worth. */
const MOST_ABSENT = 100;

/**
 * The frames of a recording in their order, those without anybody included.
 * @param frames detections by the number of their frame
 */
export function withAbsentFrames<T>(frames: ReadonlyMap<number, readonly T[]>): (readonly T[])[] {
  const numbers = [...frames.keys()].sort((a, b) => a - b);
  const span = numbers[numbers.length - 1] - numbers[0] + 1;
  if (span > numbers.length * 2 + MOST_ABSENT) return numbers.map((number) => frames.get(number) ?? []);
  return Array.from({ length: span }, (_, t) => frames.get(numbers[0] + t) ?? []);
}

/** @throws InputError if the persons have unlike numbers of joints or nobody is in any frame */
export function detectedRecording(
  frames: readonly (readonly Detection[])[],
  facts: Omit<Facts, 'dimensions' | 'unit'>,
  source: string,
): Recording {
  const first = frames.flat()[0];
  if (first === undefined) {
    throw badFile(
      source,
      facts.part,
      'a person in at least one of the frames',
      `${frames.length} empty frames`,
      'Leave it out.',
    );
  }
  const joints = first.pose.length / 3;
  for (const [t, detections] of frames.entries()) checkJoints(detections, joints, t, source);
  const { slots, notes } = slotsOf(frames);
  const layout = DETECTED_LAYOUTS[joints];
  const all: Facts = {
    ...(layout !== undefined && { layout }),
    ...facts,
    dimensions: 2,
    unit: pictureUnit(slots.flat()),
    notes: [...notes, ...lossNotes(slots, `confidence below ${LEAST_CONFIDENCE}`)],
  };
  return assemble(slots, joints, all, source);
}

function checkJoints(detections: readonly Detection[], joints: number, t: number, source: string): void {
  const other = detections.find(({ pose }) => pose.length !== joints * 3);
  if (other === undefined) return;
  const mend = 'Keep results of different models in separate files.';
  throw badFile(source, `frame ${t + 1}`, `${joints} joints in all frames`, `${other.pose.length / 3}`, mend);
}

interface Slots {
  readonly slots: readonly PoseFrame[];
  readonly notes: readonly string[];
}

/** By the tracker's numbers where all have one and they are few enough; otherwise persons are followed by their places. */
function slotsOf(frames: readonly (readonly Detection[])[]): Slots {
  const tracks = new Set(frames.flat().map(({ track }) => track));
  const isTracked = !tracks.has(undefined) && tracks.size <= MOST_PERSONS;
  if (isTracked) return { slots: frames.map((frame) => slotsByTrack(frame, [...tracks])), notes: [] };
  const { frames: slots, dropped } = followPersons(frames.map((frame) => frame.map(({ pose }) => pose)));
  return { slots, notes: droppedNotes(dropped) };
}

function slotsByTrack(frame: readonly Detection[], tracks: readonly unknown[]): PoseFrame {
  return tracks.map((track) => frame.find((detection) => detection.track === track)?.pose);
}
