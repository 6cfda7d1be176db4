import { FrameMachine } from './frame-machine.js';
import { compileFrames, type FrameProgram } from './frame-program.js';
import type { LayerPlan } from './plan.js';

/** A network over time of non-zeros only, for one sequence at a time; the same to the outside as SparseNetwork. */
export class TemporalNetwork {
  /** The features of a frame that lead to an answer: 1 in [joints][channels]. */
  readonly needed: Uint8Array;
  readonly program: FrameProgram;
  private readonly machine: FrameMachine;

  /**
   * @param latents of all tensors, laid end to end
   * @param places of the non-zeros among them, rising
   * @param scales what each tensor's latents are multiplied by
   * @param biases of each layer
   */
  constructor(
    plan: readonly LayerPlan[],
    latents: Float32Array,
    places: Uint32Array,
    scales: readonly number[],
    biases: readonly Float64Array[],
  ) {
    this.program = compileFrames({ plan, latents, places, scales }, biases);
    this.needed = this.program.needed;
    this.machine = new FrameMachine(this.program);
  }

  /** The logits of standardised features, [frames][joints][channels]; valid until the next run. */
  run(features: Float32Array): Float64Array {
    const { window, features: size } = this.program;
    for (let frame = 0; frame < window; frame++) this.machine.push(features, frame * size, frame);
    return this.machine.answer();
  }
}
