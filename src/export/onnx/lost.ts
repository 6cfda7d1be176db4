import type { Skeleton } from '../../runtime/skeleton/sequence.js';
import { parentsOf } from '../code/signals.js';
import type { GraphBuilder } from './graph-builder.js';
import { AXIS, middle, toFloat } from './pose.js';

/** Fills lost joints, NaN, as src/runtime/skeleton/lost.ts does: positions [batch][persons][frames][joints][x, y, z]. */
export function addFilling(g: GraphBuilder, positions: string, skeleton: Skeleton, persons: number): string {
  const isLost = g.add('IsNaN', [g.add('ReduceSum', [positions, g.integers(AXIS.xyz)])]);
  const isSeen = g.add('Cast', [g.add('Not', [isLost])], { to: INT64 });
  const seenFrames = g.add('ReduceSum', [isSeen, g.integers(AXIS.frames)]);
  const known = g.add('Where', [isLost, g.float(0), positions]);
  const bridged = bridgeGaps(g, known, { isLost, isSeen, seenFrames });
  const joints = g.reshape(toFloat(g, g.add('Min', [seenFrames, g.integer(1)])), 0, 0, -1);
  const filled = fillJoints(g, bridged, joints, skeleton);
  return persons === 1 ? filled : fillPersons(g, filled, joints, skeleton);
}

const INT64 = 7;

/** What was seen: [batch][persons][frames][joints][1], and in how many frames, [batch][persons][1][joints][1]. */
interface Sight {
  readonly isLost: string;
  readonly isSeen: string;
  readonly seenFrames: string;
}

/** Joints on a straight line between the frames before and after that saw them; zero if none did. */
function bridgeGaps(g: GraphBuilder, x: string, { isLost, isSeen, seenFrames }: Sight): string {
  const count = g.add('Gather', [g.add('Shape', [x]), g.integer(AXIS.frames)], { axis: 0 });
  const frame = g.reshape(g.add('Range', [g.integer(0), count, g.integer(1)]), 1, 1, -1, 1, 1);
  // The frames that saw a joint, in their order, then the others.
  const rank = g.add('Where', [isLost, g.add('Add', [frame, count]), frame]);
  const order = g.argsort(rank, g.reshape(count, 1), AXIS.frames);
  const past = g.add('CumSum', [isSeen, g.integer(AXIS.frames)]);
  const last = g.add('Max', [g.add('Sub', [seenFrames, g.integer(1)]), g.integer(0)]);
  const beforePlace = g.add('Max', [g.add('Sub', [past, g.integer(1)]), g.integer(0)]);
  const before = g.add('GatherElements', [order, beforePlace], { axis: AXIS.frames });
  const after = g.add('GatherElements', [order, g.add('Min', [past, last])], { axis: AXIS.frames });
  const span = g.add('Sub', [after, before]);
  const passed = g.add('Mul', [g.add('Sub', [frame, before]), g.add('Min', [span, g.integer(1)])]);
  const share = g.add('Div', [toFloat(g, passed), toFloat(g, g.add('Max', [span, g.integer(1)]))]);
  const left = g.add('Mul', [g.add('Sub', [g.float(1), share]), take(g, x, before, AXIS.frames)]);
  const line = g.add('Add', [left, g.add('Mul', [share, take(g, x, after, AXIS.frames)])]);
  return g.add('Where', [isLost, line, x]);
}

/** Joints never seen at their nearest ancestor that was, or at the first joint; `seen`: [batch][persons][joints], 0 or 1. */
function fillJoints(g: GraphBuilder, x: string, seen: string, skeleton: Skeleton): string {
  const chains = chainsOf(skeleton);
  const shape = [chains.length, chains[0].length];
  const table = g.integerTensor(shape, chains.flat());
  const along = g.add('Gather', [seen, table], { axis: 2 });
  const steps = g.add('ArgMax', [along], { axis: 3, keepdims: 1 });
  const all = g.add('Expand', [g.reshape(table, 1, 1, ...shape), g.add('Shape', [along])]);
  const ancestor = g.add('GatherElements', [all, steps], { axis: 3 });
  const first = g.reshape(g.add('ArgMax', [seen], { axis: 2, keepdims: 1 }), 0, 0, 1, 1);
  const hasOne = g.add('Greater', [g.reduce('ReduceMax', along, [3]), g.float(0)]);
  const source = g.add('Where', [hasOne, ancestor, first]);
  return take(g, x, g.reshape(source, 0, 0, 1, -1, 1), AXIS.joints);
}

/** Persons never seen at the root of the first who was. */
function fillPersons(g: GraphBuilder, x: string, seen: string, { anchors }: Skeleton): string {
  const isPresent = g.reduce('ReduceMax', seen, [2]);
  const first = g.reshape(g.add('ArgMax', [isPresent], { axis: 1, keepdims: 1 }), 0, 1, 1, 1, 1);
  const roots = middle(g, x, anchors.root);
  const one = g.add('Shape', [g.gather(roots, [0], AXIS.persons)]);
  const root = g.add('GatherElements', [roots, g.add('Expand', [first, one])], { axis: AXIS.persons });
  return g.add('Where', [g.add('Greater', [g.reshape(isPresent, 0, -1, 1, 1, 1), g.float(0)]), x, root]);
}

/** Each joint, its parent, that one's parent, ...: rows of one length, which repeat the last. */
function chainsOf(skeleton: Skeleton): number[][] {
  const parents = parentsOf(skeleton);
  const chains = parents.map((_, joint) => {
    const chain = [joint];
    for (let at = parents[joint]; at >= 0; at = parents[at]) chain.push(at);
    return chain;
  });
  const longest = Math.max(...chains.map(({ length }) => length));
  return chains.map((chain) => Array.from({ length: longest }, (_, i) => chain[Math.min(i, chain.length - 1)]));
}

/** Positions at other places along an axis; the indices are spread over the other axes. */
function take(g: GraphBuilder, x: string, indices: string, axis: number): string {
  return g.add('GatherElements', [x, g.add('Expand', [indices, g.add('Shape', [x])])], { axis });
}
