/** A landmark as a landmarker gives it; lost where a coordinate is NaN, null or undefined. */
export interface Landmark {
  readonly x: number | null | undefined;
  readonly y: number | null | undefined;
  /** 0 where a picture has no depth. */
  readonly z?: number | null | undefined;
  readonly visibility?: number | undefined;
}

type Coordinate = number | null | undefined;

/** The landmarks of one person: objects, or flat numbers x, y, z, x, … */
export type Person = ArrayLike<Landmark | null | undefined> | ArrayLike<Coordinate> | null | undefined;

/**
 * A frame: flat numbers, [persons][joints][x, y, z]; the landmarks of one person; or a list of persons. A joint is lost where
 * a number is NaN, null or undefined, and nobody is seen where a frame or a person is null, undefined or empty.
 */
export type Frame = Person | ArrayLike<Person>;

/** So many persons of a frame are looked at, at most. */
export const MOST_SEEN = 16;

/** How frames of a model are read. */
export interface FrameFormat {
  readonly persons: number;
  readonly joints: number;
  /** The partner of each joint, in a mirrored picture. */
  readonly partners: readonly number[] | undefined;
  readonly aspect: number | undefined;
  readonly visibility: number;
}

/** Reads frames into memory that it keeps. */
export class FrameReader {
  /** Of the last frame, [seen][joints][x, y, z]; a lost joint is NaN in all three coordinates. */
  readonly positions: Float32Array;
  private readonly format: FrameFormat;

  constructor(format: FrameFormat) {
    this.format = format;
    this.positions = new Float32Array(Math.max(format.persons, MOST_SEEN) * format.joints * 3);
  }

  /** Reads a frame and returns how many persons it has places for. @throws RangeError on anything else */
  read(frame: Frame): number {
    const { persons, joints } = this.format;
    const list = frame ?? [];
    const first = firstOf(list);
    if (typeof first === 'number' || (first === undefined && list.length === persons * joints * 3)) {
      if (list.length !== persons * joints * 3) throw this.fault(`${list.length} numbers`);
      for (let person = 0; person < persons; person++) this.readNumbers(list as ArrayLike<Coordinate>, person);
      return persons;
    }
    if (first === undefined) return 0;
    if (typeof first !== 'object' || first === null) throw this.fault(`${typeof first}s`);
    if (!('length' in first)) {
      this.readLandmarks(list as ArrayLike<Landmark>, 0);
      return 1;
    }
    const seen = Math.min(list.length, MOST_SEEN);
    for (let person = 0; person < seen; person++) this.readPerson(list[person] as Person, person);
    return seen;
  }

  private readPerson(person: Person, place: number): void {
    const { joints } = this.format;
    const list = person ?? [];
    const first = firstOf(list);
    if (first === undefined) this.positions.fill(Number.NaN, place * joints * 3, (place + 1) * joints * 3);
    else if (typeof first === 'object') this.readLandmarks(list as ArrayLike<Landmark>, place);
    else if (list.length === joints * 3) this.readNumbers(list as ArrayLike<Coordinate>, place, 0);
    else throw this.fault(`a person of ${list.length} ${typeof first}s`);
  }

  private readNumbers(list: ArrayLike<Coordinate>, place: number, start = place * this.format.joints * 3): void {
    for (let joint = 0, at = start; joint < this.format.joints; joint++, at += 3) {
      this.write(place, joint, list[at], list[at + 1], list[at + 2]);
    }
  }

  private readLandmarks(list: ArrayLike<Landmark | null | undefined>, place: number): void {
    const { joints, visibility } = this.format;
    if (list.length !== joints) throw this.fault(`${list.length} landmarks`);
    for (let joint = 0; joint < joints; joint++) {
      const landmark = list[joint];
      if (typeof (landmark ?? {}) !== 'object') throw this.fault(`${typeof landmark}s among landmarks`);
      const isSeen = landmark && !((landmark.visibility ?? 1) < visibility);
      if (isSeen) this.write(place, joint, landmark.x, landmark.y, landmark.z === undefined ? 0 : landmark.z);
      else this.write(place, joint, null, null, null);
    }
  }

  private write(place: number, joint: number, x: Coordinate, y: Coordinate, z: Coordinate): void {
    const { partners, aspect, joints } = this.format;
    const sum = this.numberOf(x) + this.numberOf(y) + this.numberOf(z);
    const at = (place * joints + (partners?.[joint] ?? joint)) * 3;
    const isLost = Number.isNaN(sum);
    const across = (x as number) * (aspect ?? 1);
    this.positions[at] = isLost ? sum : partners ? (aspect ?? 0) - across : across;
    this.positions[at + 1] = isLost ? sum : (y as number);
    this.positions[at + 2] = isLost ? sum : (z as number);
  }

  private numberOf(value: unknown): number {
    if (value === null || value === undefined) return Number.NaN;
    if (typeof value !== 'number') throw this.fault(`${typeof value}s`);
    if (Math.abs(value) === Infinity) throw this.fault(`${value}`);
    return value;
  }

  private fault(found: string): RangeError {
    const { persons, joints } = this.format;
    return new RangeError(
      `frame: expected ${persons * joints * 3} numbers x, y, z, x, ... laid end to end, ${joints} landmarks {x, y, z}, or a list ` +
        `of persons, with NaN or null where a joint is lost; found ${found}`,
    );
  }
}

/** The first thing in a list that is something. */
function firstOf(list: ArrayLike<unknown>): unknown {
  for (let i = 0; i < list.length; i++) if (list[i] !== null && list[i] !== undefined) return list[i];
  return undefined;
}
