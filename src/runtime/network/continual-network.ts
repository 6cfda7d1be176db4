import { FrameMachine } from './frame-machine.js';
import type { FrameProgram } from './frame-program.js';
import type { TemporalNetwork } from './temporal-network.js';

/**
 * A network over time whose frames come one by one. Each layer computes one frame for each frame that comes, from the
 * frames of its sources that it keeps; after a stride, for every phase, so that each window of frames finds those that it
 * needs. The logits are to the bit those of the network on the last frames.
 */
export class ContinualNetwork {
  private readonly program: FrameProgram;
  private readonly machine: FrameMachine;
  private seen = 0;

  constructor({ program }: TemporalNetwork) {
    this.program = program;
    this.machine = new FrameMachine(program);
  }

  /**
   * Takes the standardised features of one frame, [joints][channels].
   * @returns the logits of the last frames, as many as a clip has, valid until the next call; undefined while there are fewer
   */
  push(features: Float32Array): Float64Array | undefined {
    const { window } = this.program;
    this.machine.push(features, 0);
    this.seen = Math.min(this.seen + 1, window);
    return this.seen < window ? undefined : this.machine.answer();
  }

  /** Forgets all frames. */
  reset(): void {
    this.seen = 0;
  }

  /** Multiply-accumulates of weights for a frame: of the values that depend on the features and that an answer depends on. */
  get operations(): number {
    const { stages, last } = this.program;
    return [...stages, ...last].reduce((sum, { links }) => sum + links, 0);
  }
}
