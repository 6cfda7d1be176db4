import { badFile, MOST_PERSONS } from '../format.js';

/**
 * What the axes of an array are, a letter each: N recordings, T frames, M persons, V joints, C coordinates, F all numbers of
 * a frame in a row.
 */
export type Axes = string;

/** A frame in a row whose parts have names: MediaPipe Holistic with and without the face, and its pose with visibility. */
const HOLISTIC_ROW = 33 * 4 + 468 * 3 + 2 * 21 * 3;
const HOLISTIC_ROW_WITHOUT_FACE = 33 * 4 + 2 * 21 * 3;
const POSE_ROW = 33 * 4;

/** Two persons of NTU RGB+D in a row, as CTR-GCN has them. */
const TWO_PERSONS_ROW = 2 * 25 * 3;

const KNOWN_ROWS: readonly number[] = [HOLISTIC_ROW, HOLISTIC_ROW_WITHOUT_FACE, POSE_ROW, TWO_PERSONS_ROW];

/** Persons that arrays have room for, in practice. */
const FEW = 5;

const isCoordinates = (size: number): boolean => size === 2 || size === 3;
const isLastCoordinates = (size: number): boolean => size >= 2 && size <= 4;
const isPersons = (size: number): boolean => size >= 1 && size <= MOST_PERSONS;

/**
 * Tells the axes of an array by its shape; of shapes that several conventions share, the most common one is taken.
 * @throws InputError if the shape fits none
 */
export function axesOf(shape: readonly number[], source: string, place: string): Axes {
  const axes = guess(shape);
  if (axes !== undefined) return axes;
  throw badFile(
    source,
    place,
    'an array of (frames, joints, 2 or 3), (frames, persons, joints, 2 or 3), ST-GCN’s (3, frames, joints, persons), many of them, ' +
      'or rows of numbers',
    `the shape (${shape.join(', ')})`,
    'Save it as (frames, joints, 3).',
  );
}

function guess(shape: readonly number[]): Axes | undefined {
  const [first, second, third] = shape;
  const last = shape[shape.length - 1];
  switch (shape.length) {
    case 1:
      return last >= 6 ? 'F' : undefined;
    case 2:
      return isLastCoordinates(last) ? 'VC' : last >= 6 ? 'TF' : undefined;
    case 3:
      if (isLastCoordinates(last)) return 'TVC';
      if (isCoordinates(first) && !KNOWN_ROWS.includes(last)) return 'CTV';
      return last >= 6 ? 'NTF' : undefined;
    case 4:
      if (first === 3 && isPersons(last)) return 'CTVM';
      if (isLastCoordinates(last)) return first <= FEW && second > first ? 'MTVC' : second <= FEW ? 'TMVC' : 'NTVC';
      return first === 2 && last === 1 ? 'CTVM' : isCoordinates(second) ? 'NCTV' : undefined;
    case 5:
      if (second === 3 && isPersons(last)) return 'NCTVM';
      if (isLastCoordinates(last)) return second <= FEW ? 'NMTVC' : third <= FEW ? 'NTMVC' : undefined;
      return second === 2 && last === 1 ? 'NCTVM' : undefined;
    default:
      return undefined;
  }
}

/** Rows of numbers as joints: (2 persons,) joints, coordinates. Undefined for rows whose parts have names. */
export function splitRow(size: number): { readonly axes: Axes; readonly shape: readonly number[] } | undefined {
  if (size === HOLISTIC_ROW || size === HOLISTIC_ROW_WITHOUT_FACE) return undefined;
  if (size === TWO_PERSONS_ROW) return { axes: 'MVC', shape: [2, 25, 3] };
  if (size === POSE_ROW) return { axes: 'VC', shape: [33, 4] };
  return size % 3 === 0 ? { axes: 'VC', shape: [size / 3, 3] } : { axes: 'VC', shape: [size / 2, 2] };
}
