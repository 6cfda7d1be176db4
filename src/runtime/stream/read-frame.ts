/** A landmark as a landmarker gives it; lost where a coordinate is NaN, null or undefined. */
export interface Landmark {
  readonly x: number | null | undefined;
  readonly y: number | null | undefined;
  /** 0 where a picture has no depth. */
  readonly z?: number | null | undefined;
  readonly visibility?: number | undefined;
}

/** Lost where it is none. */
export type Coordinate = number | null | undefined;

/** The landmarks of one person: objects, or flat numbers x, y, z, x, … */
export type Person = ArrayLike<Landmark | null | undefined> | ArrayLike<Coordinate> | null | undefined;

/**
 * A frame: flat numbers, [persons][joints][x, y, z]; the landmarks of one person; or a list of persons. A joint is lost where
 * a number is NaN, null or undefined, and nobody is seen where a frame or a person is null, undefined or empty.
 */
export type Frame = Person | ArrayLike<Person>;

/** Below this, a landmarker guesses a joint rather than sees it: lost, in data as in streams. */
export const LEAST_VISIBILITY = 0.5;

/** So many persons of a frame are looked at, at most; no model has more. */
export const MOST_SEEN = 16;

/** How frames of a model are read; see RecognizerOptions. */
export interface FrameFormat {
  readonly persons: number;
  readonly joints: number;
  readonly mirrored: boolean;
  readonly partners: readonly number[];
  readonly aspect: number;
  readonly visibility: number;
}

/** Reads frames into memory that it keeps. */
export class FrameReader {
  /** Of the last frame, [seen][joints][x, y, z]; a lost joint is NaN in all three coordinates. */
  readonly positions: Float32Array;
  private readonly format: FrameFormat;

  constructor(format: FrameFormat) {
    this.format = format;
    this.positions = new Float32Array(MOST_SEEN * format.joints * 3);
  }

  /** Reads a frame and returns how many persons it has places for. @throws RangeError on anything else */
  read(frame: Frame): number {
    const { persons, joints } = this.format;
    const list = frame ?? [];
    const first = firstOf(list);
    if (first === undefined) return 0;
    if (typeof first !== 'object' || first === null) {
      const size = joints * 3;
      if (list.length !== persons * size) throw this.fault(`${list.length} ${typeof first}s`);
      for (let person = 0; person < persons; person++) this.readPerson(list as Person, person, person * size, size);
      return persons;
    }
    if (!('length' in first)) {
      this.readPerson(list as Person, 0);
      return 1;
    }
    const seen = Math.min(list.length, MOST_SEEN);
    for (let person = 0; person < seen; person++) this.readPerson(list[person] as Person, person);
    return seen;
  }

  /** Reads one person, of whom a list tells from `start` on. */
  private readPerson(person: Person, place: number, start = 0, length = person?.length): void {
    const { joints, visibility } = this.format;
    const isFlat = length === joints * 3;
    const isSeen = person && firstOf(person) !== undefined;
    if (isSeen && !isFlat && length !== joints) throw this.fault(`${length} landmarks`);
    // Of hands, landmarkers write a visibility of 0 throughout, which says nothing.
    let least = 0;
    for (let i = 0; i < joints; i++) if ((person?.[i] as Landmark | null)?.visibility) least = visibility;
    for (let joint = 0; joint < joints; joint++) {
      const at = start + joint * 3;
      if (isSeen && isFlat) this.write(place, joint, person[at], person[at + 1], person[at + 2]);
      else {
        const { x, y, z = 0, visibility: visible = 1 } = (isSeen && (person[joint] as Landmark)) || LOST;
        this.write(place, joint, visible < least ? null : x, y, z);
      }
    }
  }

  private write(place: number, joint: number, x: unknown, y: unknown, z: unknown): void {
    const { mirrored, partners, aspect, joints } = this.format;
    const { positions } = this;
    const at = (place * joints + (mirrored ? partners[joint] : joint)) * 3;
    const across = this.numberOf(x) * (aspect || 1);
    positions[at] = mirrored ? aspect - across : across;
    positions[at + 1] = this.numberOf(y);
    positions[at + 2] = this.numberOf(z);
    const sum = positions[at] + positions[at + 1] + positions[at + 2];
    if (Number.isNaN(sum)) positions.fill(sum, at, at + 3);
  }

  private numberOf(value: unknown): number {
    const number = value ?? Number.NaN;
    if (typeof number === 'number' && Math.abs(Math.fround(number)) !== Infinity) return number;
    throw this.fault(typeof number === 'number' ? number : `${typeof number}s`);
  }

  private fault(found: string | number): RangeError {
    const { persons, joints } = this.format;
    return new RangeError(
      `frame: expected ${persons * joints * 3} numbers, or persons of ${joints} landmarks {x, y, z}; found ${found}`,
    );
  }
}

const LOST = {} as Landmark;

/** The first thing in a list that is something. */
function firstOf(list: ArrayLike<unknown>): unknown {
  for (let i = 0; i < list.length; i++) if (list[i] !== null && list[i] !== undefined) return list[i];
  return undefined;
}
