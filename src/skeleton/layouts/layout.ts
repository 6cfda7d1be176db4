import * as v from 'valibot';
import type { Fault } from '../../core/errors.js';
import { MOST_JOINTS, MOST_NAME } from '../../runtime/file/limits.js';
import type { Skeleton } from '../../runtime/skeleton/sequence.js';
import { checkShape, describeIssue } from '../check-shape.js';
import { extend, int, strictObject } from '../shapes.js';

/** A skeleton layout: a named skeleton, and how it is mirrored. */
export interface Layout extends Skeleton {
  readonly name: string;
  /** Joint index of the mirror image of each joint. */
  readonly mirror: readonly number[];
}

const text = v.pipe(v.string(), v.maxLength(MOST_NAME));
const joint = v.pipe(int, v.minValue(0), v.maxValue(MOST_JOINTS));
const anchor = v.pipe(v.array(joint), v.minLength(1), v.maxLength(MOST_JOINTS));

/** What files say of a skeleton. */
export const skeletonSchema = strictObject({
  name: text,
  joints: v.pipe(v.array(text), v.minLength(1), v.maxLength(MOST_JOINTS)),
  bones: v.pipe(v.array(v.strictTuple([joint, joint])), v.maxLength(MOST_JOINTS)),
  anchors: strictObject({ root: anchor, top: anchor, left: anchor, right: anchor }),
});

/** What files say of a layout that is not built in. */
export const layoutSchema = extend(skeletonSchema, { mirror: v.pipe(v.array(joint), v.maxLength(MOST_JOINTS)) });

/** What is wrong with a layout whose parts are each valid, or with one of them. */
export type LayoutFault = Required<Pick<Fault, 'place' | 'expected' | 'found'>>;

/** Finds the first thing that is wrong with a layout from outside: of a file, or of a program. */
export function findLayoutFault(candidate: unknown): LayoutFault | undefined {
  const parsed = checkShape(layoutSchema, candidate);
  if (!parsed.success) return describeIssue(parsed.issues[0]);
  return findJointFault(parsed.data) ?? findMirrorFault(parsed.data);
}

function findJointFault({ joints, bones, anchors }: Layout): LayoutFault | undefined {
  const count = joints.length;
  const twice = joints.find((name, i) => joints.indexOf(name) < i);
  if (twice !== undefined) return { place: 'joints', expected: 'each name once', found: `"${twice}" again` };
  const lists = { bones: bones.flat(), ...anchors };
  for (const [place, list] of Object.entries(lists)) {
    const outside = list.find((index) => index >= count);
    if (outside !== undefined) return { place, expected: `joints below ${count}`, found: `${outside}` };
  }
  const parents = new Map(bones);
  if (parents.size < bones.length) return { place: 'bones', expected: 'one parent per joint', found: 'several' };
  const circle = [...parents.keys()].find((child) => leadsBack(child, parents));
  if (circle === undefined) return undefined;
  return { place: 'bones', expected: 'a tree', found: `a cycle through "${joints[circle]}"` };
}

function leadsBack(child: number, parents: ReadonlyMap<number, number>): boolean {
  let ancestor = parents.get(child);
  for (let steps = 0; ancestor !== undefined && ancestor !== child && steps < parents.size; steps++) {
    ancestor = parents.get(ancestor);
  }
  return ancestor === child;
}

function findMirrorFault({ joints, mirror }: Layout): LayoutFault | undefined {
  const expected = `${joints.length} joints, each the mirror image of its own`;
  const isWhole = mirror.length === joints.length && mirror.every((image, i) => mirror[image] === i);
  return isWhole ? undefined : { place: 'mirror', expected, found: JSON.stringify(mirror).slice(0, 100) };
}
