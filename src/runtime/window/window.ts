import type { WindowKernel } from './window-memory.js';

/** Where the window is in memory, as float32 [frames][coordinates][lanes]: a lane for each joint of a person, whole vectors of them. */
export interface Window {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** Lanes of a person. */
  readonly each: number;
  /** Bytes of all lanes of a coordinate. */
  readonly plane: number;
  /** Address of the clip. */
  readonly clip: number;
}

/** A step on the window; false where it cannot be taken. */
export type WindowStep = (kernel: WindowKernel) => unknown;

/** The lane of a node. */
export function laneOf({ joints, each }: Pick<Window, 'joints' | 'each'>, node: number): number {
  return node + Math.floor(node / joints) * (each - joints);
}

/** The lane of a coordinate's place among [nodes][x, y, z]. */
export function laneAt(window: Window, place: number): number {
  return laneOf(window, Math.floor(place / 3));
}
