import type { Axis, PoseName, PoseStep, PoseStepOf, Up } from '../../runtime/skeleton/pose.js';
import type { Skeleton } from '../../runtime/skeleton/sequence.js';
import type { GraphBuilder } from './graph-builder.js';

/** Axes of positions inside a graph: [batch][persons][frames][joints][x, y, z]. */
export const AXIS = { persons: 1, frames: 2, joints: 3, xyz: 4 } as const;

/** Least length that a division trusts; as in runtime/skeleton/pose.ts, which defines what each step does. */
const TINY = 1e-6;
const FIRST_FRAMES = 5;

/** The axes of the recording. */
const AXES: Readonly<Record<Axis, readonly number[]>> = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

/** Applies a pose step to positions. */
export function addPoseStep(
  g: GraphBuilder,
  step: PoseStep,
  x: string,
  persons: number,
  anchors: Skeleton['anchors'],
): string {
  return poseSteps[step.step](g, x, step as never, anchors, persons);
}

const poseSteps: {
  readonly [Name in PoseName]: (
    g: GraphBuilder,
    x: string,
    step: PoseStepOf<Name>,
    anchors: Skeleton['anchors'],
    persons: number,
  ) => string;
} = {
  'order-persons': (g, x, _, { root }, persons) => (persons === 1 ? x : orderPersons(g, x, persons, root)),
  resample: (g, x, { frames }) => resample(g, x, frames),
  center,
  'body-frame': (g, x, { up }, anchors) => bodyFrame(g, x, up, anchors),
  heading: (g, x, { up }, anchors) => heading(g, x, up, anchors),
};

/** Frame j is the mean of the recording over [j, j + 1) · frames / wanted: a product with a matrix [wanted][frames]. */
function resample(g: GraphBuilder, x: string, wanted: number): string {
  const frames = g.add('Gather', [g.add('Shape', [x]), g.integer(AXIS.frames)], { axis: 0 });
  const frame = g.add('Range', [g.integer(0), frames, g.integer(1)]);
  const start = g.add('Mul', [frame, g.integer(wanted)]);
  const end = g.add('Add', [start, g.integer(wanted)]);
  const index = g.integerTensor([wanted, 1], [...Array(wanted).keys()]);
  const from = g.add('Mul', [index, frames]);
  const to = g.add('Add', [from, frames]);
  const common = g.add('Sub', [g.add('Min', [end, to]), g.add('Max', [start, from])]);
  const overlap = toFloat(g, g.add('Max', [common, g.integer(0)]));
  const shares = g.add('Div', [overlap, toFloat(g, frames)]);
  return multiplyFrames(g, shares, x);
}

/** Positions times a matrix [new frames][frames]. */
export function multiplyFrames(g: GraphBuilder, matrix: string, x: string): string {
  const joints = g.add('Shape', [x], { start: AXIS.joints });
  const rows = g.reshape(x, 0, 0, 0, -1);
  const product = g.add('MatMul', [matrix, rows]);
  const shape = g.add('Concat', [g.integers(0, 0, 0), joints], { axis: 0 });
  return g.add('Reshape', [product, shape]);
}

function orderPersons(g: GraphBuilder, x: string, persons: number, root: readonly number[]): string {
  const firsts = g.add('Slice', [x, g.integers(0), g.integers(FIRST_FRAMES), g.integers(AXIS.frames)]);
  const places = g.reduce('ReduceMean', g.gather(firsts, root, AXIS.joints), [AXIS.frames, AXIS.joints], 0);
  const across = g.add('Gather', [places, g.integer(0)], { axis: 2 });
  const order = g.add('Unsqueeze', [g.argsort(across, g.integers(persons), AXIS.persons), g.integers(2)]);
  return g.add('GatherND', [x, order], { batch_dims: 1 });
}

function center(g: GraphBuilder, x: string, step: PoseStepOf<'center'>, anchors: Skeleton['anchors']): string {
  const root = middle(g, x, anchors.root);
  const isShared = step.persons === 'all';
  const origin = isShared ? g.reduce('ReduceMean', root, [AXIS.persons, AXIS.frames]) : root;
  const moved = g.add('Sub', [x, origin]);
  if (step.scale === 'none') return moved;
  const size = g.reduce('ReduceMean', spineLength(g, x, anchors), [AXIS.persons]);
  return g.add('Div', [moved, atLeastTiny(g, size)]);
}

/** Rows of a rotation are the side, upward and forward axes of each person's mean pose. */
function bodyFrame(g: GraphBuilder, x: string, up: Up, anchors: Skeleton['anchors']): string {
  const root = middle(g, x, anchors.root);
  const across = acrossOf(g, x, anchors);
  const turned = turn(g, g.add('Sub', [x, root]), across, upwardAxis(g, x, up, anchors, across));
  return g.add('Div', [turned, atLeastTiny(g, spineLength(g, x, anchors))]);
}

/** The rotation is that of the first person in the first frames. */
function heading(g: GraphBuilder, x: string, up: Axis, anchors: Skeleton['anchors']): string {
  const firsts = g.add('Slice', [x, g.integers(0), g.integers(FIRST_FRAMES), g.integers(AXIS.frames)]);
  const across = acrossOf(g, g.gather(firsts, [0], AXIS.persons), anchors);
  return turn(g, x, across, upwardAxis(g, x, up, anchors, across));
}

/** The mean vector right → left, [batch][persons][1][1][3]. */
function acrossOf(g: GraphBuilder, x: string, { left, right }: Skeleton['anchors']): string {
  return overTime(g, g.add('Sub', [middle(g, x, left), middle(g, x, right)]));
}

/** Positions in unit axes: across, made square to up; up; and forward. */
function turn(g: GraphBuilder, x: string, across: string, upward: string): string {
  const lean = dot(g, across, upward);
  const side = unit(g, g.add('Sub', [across, g.add('Mul', [upward, lean])]));
  const axes = g.concatenate([side, upward, cross(g, side, upward)], AXIS.joints);
  return g.add('MatMul', [x, g.transpose(axes, 0, 1, 2, 4, 3)]);
}

/** [batch][persons][1][1][3]; an axis of the recording is repeated to the shape of `like`. */
function upwardAxis(g: GraphBuilder, x: string, up: Up, anchors: Skeleton['anchors'], like: string): string {
  if (up === 'spine') return unit(g, overTime(g, spines(g, x, anchors)));
  return g.add('Expand', [g.floats([1, 1, 1, 1, 3], AXES[up]), g.add('Shape', [like])]);
}

/** The mean of some joints in each frame, [batch][persons][frames][1][3]. */
export function middle(g: GraphBuilder, x: string, joints: readonly number[]): string {
  const gathered = g.gather(x, joints, AXIS.joints);
  return joints.length === 1 ? gathered : g.reduce('ReduceMean', gathered, [AXIS.joints]);
}

function spines(g: GraphBuilder, x: string, { top, root }: Skeleton['anchors']): string {
  return g.add('Sub', [middle(g, x, top), middle(g, x, root)]);
}

/** The mean distance root → top, [batch][persons][1][1][1]. */
function spineLength(g: GraphBuilder, x: string, anchors: Skeleton['anchors']): string {
  return overTime(g, g.reduce('ReduceL2', spines(g, x, anchors), [AXIS.xyz]));
}

function overTime(g: GraphBuilder, value: string): string {
  return g.reduce('ReduceMean', value, [AXIS.frames]);
}

function dot(g: GraphBuilder, a: string, b: string): string {
  return g.add('ReduceSum', [g.add('Mul', [a, b]), g.integers(AXIS.xyz)]);
}

function cross(g: GraphBuilder, a: string, b: string): string {
  const turned = (value: string, by: number) => g.gather(value, [by % 3, (by + 1) % 3, (by + 2) % 3], AXIS.xyz);
  const product = (first: number, second: number) => g.add('Mul', [turned(a, first), turned(b, second)]);
  return g.add('Sub', [product(1, 2), product(2, 1)]);
}

function unit(g: GraphBuilder, value: string): string {
  return g.add('Div', [value, atLeastTiny(g, g.reduce('ReduceL2', value, [AXIS.xyz]))]);
}

function atLeastTiny(g: GraphBuilder, value: string): string {
  return g.add('Max', [value, g.float(TINY)]);
}

export function toFloat(g: GraphBuilder, value: string): string {
  return g.add('Cast', [value], { to: 1 });
}
