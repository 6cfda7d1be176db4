import { checkShape } from '../assemble.js';
import { badFile } from '../format.js';
import { type Axes, splitRow } from './axes.js';
import type { Numbers } from './dtype.js';

/** The numbers of one recording, addressed by what their axes are. */
export interface Grid {
  readonly values: Numbers;
  /** Where the recording begins among the values. */
  readonly offset: number;
  readonly sizes: Readonly<Record<string, number>>;
  readonly strides: Readonly<Record<string, number>>;
}

/** How far apart neighbours along each axis are stored. */
export function stridesOf(shape: readonly number[], isFortran: boolean): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = 0; i < shape.length; i++) {
    const axis = isFortran ? i : shape.length - 1 - i;
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Names the axes; a row of numbers is divided into joints and coordinates, unless its parts have names. */
export function gridOf(
  values: Numbers,
  offset: number,
  axes: Axes,
  shape: readonly number[],
  strides: readonly number[],
): Grid {
  const sizes: Record<string, number> = { T: 1, M: 1 };
  const steps: Record<string, number> = { T: 0, M: 0 };
  for (const [i, axis] of [...axes].entries()) {
    const inner = axis === 'F' ? splitRow(shape[i]) : undefined;
    if (inner === undefined) {
      sizes[axis] = shape[i];
      steps[axis] = strides[i];
      continue;
    }
    const within = stridesOf(inner.shape, false);
    for (const [k, name] of [...inner.axes].entries()) {
      sizes[name] = inner.shape[k];
      steps[name] = within[k] * strides[i];
    }
  }
  return { values, offset, sizes, strides: steps };
}

/** Without the frames at the end in which every number is 0: of arrays whose recordings are filled up to one length. At least one stays. */
export function withoutPadding(grid: Grid): Grid {
  const { T: frames } = grid.sizes;
  let last = frames - 1;
  while (last > 0 && isZero(grid, last)) last--;
  return last === frames - 1 ? grid : { ...grid, sizes: { ...grid.sizes, T: last + 1 } };
}

function isZero({ values, offset, sizes, strides }: Grid, frame: number): boolean {
  const { M: persons, V: joints, C: coordinates } = sizes;
  const start = offset + frame * strides.T;
  if (strides.C === 1 && strides.V === coordinates && (persons === 1 || strides.M === joints * coordinates)) {
    return areZero(values, start, start + persons * joints * coordinates);
  }
  for (let m = 0; m < persons; m++) {
    for (let v = 0; v < joints; v++) {
      const at = start + m * strides.M + v * strides.V;
      for (let c = 0; c < coordinates; c++) if (values[at + c * strides.C] !== 0) return false;
    }
  }
  return true;
}

function areZero(values: Numbers, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (values[at] !== 0) return false;
  return true;
}

/** Positions as a recording has them and, of four coordinates, the fourth of each joint. */
export interface Extracted {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  readonly dimensions: 2 | 3;
  /** [frame][person][joint][x, y, z]; z is 0 of two coordinates; what is not finite is NaN. */
  readonly positions: Float32Array;
  /** [frame][person][joint] */
  readonly visibility?: Float32Array;
}

/** Puts the numbers of a grid into the order of a recording. */
export function extract({ values, offset, sizes, strides }: Grid, source: string, place: string): Extracted {
  const { T: frames, M: persons, V: joints, C: coordinates } = sizes;
  if (!Number.isInteger(joints))
    throw badFile(
      source,
      place,
      'joints of 2 or 3 coordinates',
      'rows of another length',
      'Leave out columns that are not coordinates.',
    );
  checkShape(frames, persons, joints, source, place);
  const positions = new Float32Array(frames * persons * joints * 3);
  const visibility = coordinates === 4 ? new Float32Array(frames * persons * joints) : undefined;
  const { T: frameStep, M: personStep, V: jointStep, C: step } = strides;
  const axes = Math.min(3, coordinates);
  const isRun = coordinates === 3 && step === 1 && jointStep === 3;
  let node = 0;
  for (let t = 0; t < frames; t++) {
    for (let m = 0; m < persons; m++) {
      if (isRun) {
        copyFinite(values, offset + t * frameStep + m * personStep, positions, node * 3, joints * 3);
        node += joints;
        continue;
      }
      for (let v = 0; v < joints; v++, node++) {
        const at = offset + t * frameStep + m * personStep + v * jointStep;
        for (let c = 0; c < axes; c++) positions[node * 3 + c] = finite(values[at + c * step]);
        if (visibility !== undefined) visibility[node] = values[at + 3 * step];
      }
    }
  }
  const shape = { frames, persons, joints, dimensions: coordinates === 2 ? 2 : 3 } as const;
  return visibility === undefined ? { ...shape, positions } : { ...shape, positions, visibility };
}

/** Copies numbers that are stored one after the other. */
function copyFinite(values: Numbers, from: number, target: Float32Array, to: number, count: number): void {
  for (let i = 0; i < count; i++) target[to + i] = finite(values[from + i]);
}

function finite(value: number): number {
  return Number.isFinite(Math.fround(value)) ? value : Number.NaN;
}
