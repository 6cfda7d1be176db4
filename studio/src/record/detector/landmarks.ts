// From results of MediaPipe to the positions of a recording, as anyrate's reader of such results has them.
import type { Subject } from './detector.js';

/** What is used of a landmark; x and y in shares of the picture. */
export interface Landmark {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly visibility?: number;
}

/** Hands with their sides, and at most one body, of one picture. */
export interface Seen {
  readonly hands: readonly { readonly landmarks: readonly Landmark[]; readonly side: 'Left' | 'Right' }[];
  readonly body: readonly Landmark[] | undefined;
}

/** The skeleton of a subject. */
export interface SubjectShape {
  readonly layout: 'mediapipe-hand' | 'mediapipe-pose' | 'mediapipe-holistic';
  readonly persons: number;
  readonly joints: number;
}

const HAND = 21;
const BODY = 33;

export const SHAPES: Readonly<Record<Subject, SubjectShape>> = {
  hand: { layout: 'mediapipe-hand', persons: 1, joints: HAND },
  hands: { layout: 'mediapipe-hand', persons: 2, joints: HAND },
  body: { layout: 'mediapipe-pose', persons: 1, joints: BODY },
  holistic: { layout: 'mediapipe-holistic', persons: 1, joints: BODY + 2 * HAND },
};

/** Less visible than this, a joint is lost. */
const LEAST_VISIBILITY = 0.5;

/** [persons][joints][x, y, z] of one picture, x in shares of its height; NaN where nothing was seen. */
export function positionsOf(subject: Subject, { hands, body }: Seen, aspect: number): Float32Array {
  const { persons, joints } = SHAPES[subject];
  const positions = new Float32Array(persons * joints * 3).fill(Number.NaN);
  const place = (landmarks: readonly Landmark[], first: number) => {
    for (const [i, { x, y, z }] of landmarks.entries()) positions.set([x * aspect, y, z], (first + i) * 3);
  };
  if (subject === 'hand') {
    if (hands.length > 0) place(hands[0].landmarks, 0);
    return positions;
  }
  if (subject !== 'hands') for (const [i, joint] of (body ?? []).entries()) if (isVisible(joint)) place([joint], i);
  const before = subject === 'holistic' ? BODY : 0;
  if (subject !== 'body') for (const [slot, hand] of bySide(hands)) place(hand, before + slot * HAND);
  return positions;
}

/** Of bodies; landmarks of hands are written with a visibility of 0 that means nothing. */
function isVisible({ visibility = 1 }: Landmark): boolean {
  return visibility >= LEAST_VISIBILITY;
}

/** Left hand first; of two that are called by the same side, the second takes the other place. */
function bySide(hands: Seen['hands']): Map<number, readonly Landmark[]> {
  const slots = new Map<number, readonly Landmark[]>();
  for (const { side, landmarks } of hands.slice(0, 2)) {
    const slot = side === 'Left' ? 0 : 1;
    slots.set(slots.has(slot) ? 1 - slot : slot, landmarks);
  }
  return slots;
}

/** The subject whose skeleton a project has; undefined where no camera gives it. */
export function subjectOf(layout: string | undefined, persons: number): Subject | undefined {
  const subjects = Object.keys(SHAPES) as Subject[];
  return subjects.find((subject) => SHAPES[subject].layout === layout && SHAPES[subject].persons === persons);
}
