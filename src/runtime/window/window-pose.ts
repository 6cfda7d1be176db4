import type { PoseName, PoseStep, PoseStepOf, Up } from '../skeleton/pose.js';
import type { Skeleton } from '../skeleton/sequence.js';
import type { Window, WindowStep } from './window.js';
import type { WindowKernel, WindowMemory } from './window-memory.js';

/** What `turn` knows an up axis by. */
const UPS: readonly Up[] = ['x', 'y', 'z', 'spine'];

/** As in pose.ts. */
const FIRST_FRAMES = 5;

/** What is measured of bodies and where. */
class Bodies {
  readonly window: Window;
  /** float64: root and size, means of all persons; and zeros. */
  readonly sums: number;
  readonly zeros: number;
  private readonly anchors: number;
  private readonly roots: number;

  constructor(memory: WindowMemory, window: Window, { root, top, left, right }: Skeleton['anchors']) {
    const lists = [root, top, left, right].flatMap((list) => [list.length, ...list.map((joint) => joint * 4)]);
    this.window = window;
    this.anchors = memory.table(Int32Array.from(lists));
    this.roots = memory.room(window.persons * window.frames * 48);
    this.sums = memory.room(32);
    this.zeros = memory.room(32);
  }

  /** Measures a person in the first frames, or in all. */
  measure(kernel: WindowKernel, person: number, frames = this.window.frames): void {
    kernel.measure(this.clipOf(person), this.window.plane, frames, this.anchors, this.rootsOf(person));
  }

  /** Puts a person into the axes that the kernel has, from a fixed origin, or from its root in each frame. */
  move(kernel: WindowKernel, person: number, origin = 0): void {
    const { plane, frames, each } = this.window;
    kernel.move(this.clipOf(person), plane, frames, each, origin || this.rootsOf(person), origin ? 0 : 48);
  }

  private clipOf(person: number): number {
    return this.window.clip + person * this.window.each * 4;
  }

  /** float64 [frames][root, spine][x, y, z] */
  private rootsOf(person: number): number {
    return this.roots + person * this.window.frames * 48;
  }
}

/** From a step to what it does; `resample` nothing, since a window has a clip's frames. */
const steps: { readonly [Name in PoseName]: ((bodies: Bodies, step: PoseStepOf<Name>) => WindowStep) | undefined } = {
  resample: undefined,
  'order-persons': (bodies) => (kernel) => {
    const { persons, frames } = bodies.window;
    for (let person = 0, before = -Infinity; person < persons; person++) {
      bodies.measure(kernel, person, Math.min(frames, FIRST_FRAMES));
      if (kernel.rootX() < before) return false;
      before = kernel.rootX();
    }
    return true;
  },
  center: (bodies, { persons: around, scale }) => {
    const { persons } = bodies.window;
    return (kernel) => {
      kernel.clear(bodies.sums);
      for (let person = 0; person < persons; person++) {
        bodies.measure(kernel, person);
        kernel.collect(bodies.sums, persons);
      }
      kernel.straighten(bodies.sums, +(scale === 'spine'));
      const origin = around === 'all' ? bodies.sums : 0;
      for (let person = 0; person < persons; person++) bodies.move(kernel, person, origin);
      return true;
    };
  },
  'body-frame': (bodies, { up }) => {
    const code = UPS.indexOf(up);
    return (kernel) => {
      for (let person = 0; person < bodies.window.persons; person++) {
        bodies.measure(kernel, person);
        kernel.turn(code, 1);
        bodies.move(kernel, person);
      }
      return true;
    };
  },
  heading: (bodies, { up }) => {
    const code = UPS.indexOf(up);
    const { persons, frames } = bodies.window;
    return (kernel) => {
      bodies.measure(kernel, 0, Math.min(frames, FIRST_FRAMES));
      kernel.turn(code, 0);
      for (let person = 0; person < persons; person++) bodies.move(kernel, person, bodies.zeros);
      return true;
    };
  },
};

/** The pose steps on the window. */
export function poseStepsOf(
  memory: WindowMemory,
  window: Window,
  anchors: Skeleton['anchors'],
  pose: readonly PoseStep[],
): WindowStep[] {
  const bodies = new Bodies(memory, window, anchors);
  return pose.flatMap((step) => steps[step.step]?.(bodies, step as never) ?? []);
}
