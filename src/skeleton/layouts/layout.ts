import type { Skeleton } from '../../runtime/skeleton/skeleton.js';

/** A skeleton layout: a named skeleton, and how it is mirrored. */
export interface Layout extends Skeleton {
  readonly name: string;
  /** Joint index of the mirror image of each joint. */
  readonly mirror: readonly number[];
}
