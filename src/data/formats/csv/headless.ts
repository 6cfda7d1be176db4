import type { Layout } from '../../../skeleton/layouts/layout.js';
import { layouts } from '../../../skeleton/layouts/layouts.js';
import { badFile } from '../format.js';
import { type Columns, type Joint, LEAST } from './columns.js';
import { cellNumber, DECIMAL_COMMA_MEND, type Dialect, mayBeDecimalCommas, type Row, widthOf } from './dialect.js';

type Stride = 2 | 3 | 4;

const STRIDES = [3, 4, 2] as const;
/** Numbers of joints of skeletons that tables have in as many numbers a joint; in 3-D beside those of all layouts. */
const KNOWN: Readonly<Record<Stride, readonly number[]>> = {
  3: [13, 16, 19, 24, 31], // in use, and not of any layout
  4: [20, 25, 33], // Kinect's with a confidence, MediaPipe's with a visibility
  2: [15, 17, 18, 21, 25, 33, 42], // found in pictures
};
/** Skeletons that 2-D detectors write as x, y, confidence. */
const DETECTED: Readonly<Record<number, string | undefined>> = {
  17: 'coco-17',
  18: 'openpose-coco-18',
  25: 'openpose-body-25',
};

/** What the first column of a table without a header is, if it is no coordinate. */
type Lead = 'frame' | 'time' | 'label' | undefined;

/**
 * Tells the columns of a table without a header by their number and the first rows.
 * @throws InputError if they may be of no skeleton, or of several
 */
export function headlessColumns(rows: readonly Row[], dialect: Dialect, source: string): Columns {
  const width = rows.reduce((most, { cells }) => Math.max(most, widthOf(cells)), 0);
  if (mayBeDecimalCommas(rows, dialect)) {
    const found = 'whole numbers such as 05, as if decimal commas stood between commas';
    throw badFile(source, '', 'coordinates between commas', found, DECIMAL_COMMA_MEND);
  }
  const lead = leadOf(rows, dialect);
  for (const start of lead === undefined ? [0] : [0, 1]) {
    if (HOLISTIC.has(width - start)) return holistic(start, width - start, start === 0 ? undefined : lead);
  }
  const whole = strideOf(width);
  const rest = lead === undefined ? undefined : strideOf(width - 1);
  if (rest !== undefined && (whole === undefined || lead === 'label'))
    return build(1, width - 1, rest, lead, rows, dialect);
  if (whole !== undefined) return build(0, width, whole, undefined, rows, dialect);
  if (lead === undefined && width % 3 === 0) return build(0, width, 3, undefined, rows, dialect);
  const expected =
    'x, y, z (or x, y, or x, y, z, visibility) of the joints of a known skeleton, or a first line that names the columns';
  const found = `${width} columns without names${lead === undefined ? '' : `, the first of which looks like a ${lead}`}`;
  throw badFile(source, '', expected, found, 'Write a first line such as label,x0,y0,x1,y1,...');
}

/** Widths of MediaPipe Holistic's rows as programs write them: pose and hands, without or with the face. */
const HOLISTIC = new Set([225, 258, 1662]);
const POSE = 33;
const HAND = 21;

/** Pose (with visibility but in the narrowest rows), face where it is, left hand, right hand; a part not seen is zeros. */
function holistic(start: number, width: number, lead: Lead): Columns {
  const stride = width === 225 ? 3 : 4;
  const hands = start + width - 2 * HAND * 3;
  const joints = Array.from({ length: POSE + 2 * HAND }, (_, i): Joint => {
    const x = i < POSE ? start + i * stride : hands + (i - POSE) * 3;
    const confidences = i < POSE && stride === 4 ? [{ column: x + 3, least: LEAST.visibility }] : [];
    return { name: `${i}`, x, y: x + 1, z: x + 2, confidences };
  });
  const notes = [
    `no header: read as MediaPipe's pose and two hands${width === 1662 ? ', the face left out' : ''}`,
    ...leadNotes(lead),
  ];
  const shape = { joints, dimensions: 3, isNamed: false, jointNames: [] } as const;
  return { ...shape, isZeroLost: true, layout: 'mediapipe-holistic', ...leadColumn(lead), notes };
}

function strideOf(width: number): Stride | undefined {
  return STRIDES.find((stride) => isKnown(width / stride, stride));
}

function isKnown(count: number, stride: Stride): boolean {
  return KNOWN[stride].includes(count) || (stride === 3 && layoutsOf(count).length > 0);
}

function layoutsOf(count: number): readonly Layout[] {
  return layouts.filter(({ joints }) => joints.length === count);
}

/** Words and few whole numbers are labels; numbers that rise by one are frames; others that rise are times. */
function leadOf(rows: readonly Row[], dialect: Dialect): Lead {
  const first = rows.map(({ cells }) => cellNumber(cells[0], dialect));
  if (first.every((value) => value === undefined)) return 'label';
  const numbers = first.filter((value) => value !== undefined);
  const steps = numbers.slice(1).map((value, i) => value - numbers[i]);
  if (steps.length > 0 && steps.every((step) => step === 1)) return 'frame';
  const isWhole = numbers.every(Number.isInteger);
  const others = rows.some(({ cells }) => cells.slice(1).some((cell) => !Number.isInteger(cellNumber(cell, dialect))));
  if (steps.length > 3 && steps.every((step) => step > 0)) return 'time';
  return isWhole && others && new Set(numbers).size <= 100 ? 'label' : undefined;
}

function build(
  start: number,
  width: number,
  stride: Stride,
  lead: Lead,
  rows: readonly Row[],
  dialect: Dialect,
): Columns {
  const count = width / stride;
  const isDetected = stride === 3 && isConfidence(rows, dialect, start);
  const joints = Array.from({ length: count }, (_, i): Joint => {
    const x = start + i * stride;
    const place = { name: `${i}`, x, y: x + 1 };
    if (isDetected) return { ...place, confidences: [{ column: x + 2, least: LEAST.confidence }] };
    const confidences =
      stride === 4 ? [{ column: x + 3, least: count === 33 ? LEAST.visibility : LEAST.confidence }] : [];
    return { ...place, ...(stride > 2 && { z: x + 2 }), confidences };
  });
  const layout = isDetected ? DETECTED[count] : stride === 4 && count === 33 ? 'mediapipe-pose' : undefined;
  const dimensions = stride === 2 || isDetected ? 2 : 3;
  return {
    joints,
    dimensions,
    isNamed: false,
    jointNames: [],
    ...(layout !== undefined && { layout }),
    ...(isDetected && { unit: 'pixel' as const }),
    ...leadColumn(lead),
    notes: [describeReading(count, stride, dimensions, isDetected), ...leadNotes(lead)],
  };
}

function leadColumn(lead: Lead): Pick<Columns, 'frame' | 'label' | 'time'> {
  if (lead === undefined) return {};
  return lead === 'time' ? { time: { column: 0 } } : { [lead]: 0 };
}

function leadNotes(lead: Lead): string[] {
  return lead === undefined
    ? []
    : [`the first column is taken as ${lead === 'frame' ? 'the number of the frame' : `the ${lead}`}`];
}

/** Whether the third of each three columns lies between 0 and 1 while the others are pixels: x, y, confidence. */
function isConfidence(rows: readonly Row[], dialect: Dialect, start: number): boolean {
  let most = 0;
  for (const { cells } of rows) {
    for (let column = start; column < cells.length; column++) {
      const value = cellNumber(cells[column], dialect) ?? 0;
      const isThird = (column - start) % 3 === 2;
      if (isThird && (value < 0 || value > 1)) return false;
      if (!isThird && value > most) most = value;
    }
  }
  return most > 2;
}

function describeReading(count: number, stride: Stride, dimensions: 2 | 3, isDetected: boolean): string {
  const kind = isDetected ? 'x, y, confidence' : ['x, y', 'x, y, z', 'x, y, z, visibility'][stride - 2];
  const why = isDetected ? ', since each third column lies between 0 and 1 and the others are pixels' : '';
  const names = layoutsOf(count).map(({ name }) => name);
  const candidates = names.length === 0 ? '' : `; layouts with that many joints: ${names.join(', ')}`;
  return `no header: read as ${count} joints in ${dimensions}-D (${kind})${why}${candidates}`;
}
