import { exp } from '../network/exp.js';
import { areFinite, fillLostJoints } from '../skeleton/lost.js';
import type { Cells } from '../stream/cells.js';
import { Recognizer } from '../stream/recognizer.js';
import { argmax, type View } from '../view.js';
import { WindowMachine } from './window-machine.js';

/** Recognises classes in a stream, with each window run in WebAssembly where that is to be had: the same answers, to the bit, for less. */
export class WindowRecognizer extends Recognizer {
  private following: View | undefined;
  private machine: WindowMachine | undefined;
  private probabilities: number[] = [];

  protected override scoresOf(view: View, cells: Cells): readonly number[] {
    if (view !== this.following) {
      this.following = view;
      this.machine = machineOf(view);
      this.probabilities = view.classes.map(() => 0);
    }
    const { machine } = this;
    const { window } = cells;
    const logits = machine?.run(window) ?? (areFinite(window) ? undefined : machine?.run(withoutLost(view, window)));
    return logits && areFinite(logits) ? this.softmax(logits, view.temperature) : super.scoresOf(view, cells);
  }

  /** As that of the view, without new lists. */
  private softmax(logits: Float64Array, temperature: number): readonly number[] {
    const scores = this.probabilities;
    const most = logits[argmax(logits)];
    let sum = 0;
    for (let i = 0; i < scores.length; i++) sum += scores[i] = exp((logits[i] - most) / temperature);
    for (let i = 0; i < scores.length; i++) scores[i] /= sum;
    return scores;
  }
}

/** None where there is no WebAssembly with SIMD, and of networks over time. */
function machineOf(view: View): WindowMachine | undefined {
  try {
    return new WindowMachine(view);
  } catch {
    return undefined;
  }
}

/** The positions of a window, lost joints filled. */
function withoutLost({ persons, layout, frames }: View, positions: Float32Array): Float32Array {
  return fillLostJoints({ frames, persons, joints: layout.joints.length, positions }, layout).positions;
}
