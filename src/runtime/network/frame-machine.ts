import type { FrameProgram } from './frame-program.js';
import { activate, multiply } from './sparse-network.js';

/** So many frames come before those that are still read go back to the beginning of the memory. */
const SPARE = 16;

/** Runs a network over time frame by frame, in memory of its own. */
export class FrameMachine {
  private readonly program: FrameProgram;
  /** Kept values of frames, one frame after the other. */
  private readonly memory: Float32Array;
  /** Where the oldest frame that is read begins. */
  private at = 0;
  /** Shares of the last frames in the pool, in a ring; the oldest is at `next`. */
  private readonly shares: Float32Array;
  private next = 0;
  private readonly logits: Float64Array;

  constructor(program: FrameProgram) {
    const { size, depth, pool, logits } = program;
    this.program = program;
    this.memory = new Float32Array(size * (depth + SPARE));
    this.shares = new Float32Array(pool.depth * pool.bias.length);
    this.logits = logits.slice();
  }

  /**
   * Takes the standardised features of a frame, which begin at a place.
   * @param frame of a clip; undefined in a stream, whose windows begin at any frame
   */
  push(features: Float32Array, start: number, frame?: number): void {
    const { inputs, stages, pool, size, depth } = this.program;
    const { memory, shares } = this;
    this.advance();
    const newest = this.at + (depth - 1) * size;
    for (let i = 0; i < inputs.length; i++) memory[newest + i] = features[start + inputs[i]];
    for (const { stage, to, reach, step } of stages) {
      if (isWanted(frame, reach, step)) multiply(stage, memory, this.at, memory, this.at + to);
    }
    const room = pool.bias.length;
    multiply(pool.share, memory, this.at, shares, this.next);
    this.next = this.next + room === shares.length ? 0 : this.next + room;
  }

  private advance(): void {
    const { memory, program } = this;
    const { size, depth } = program;
    this.at += size;
    if (this.at + depth * size <= memory.length) return;
    memory.copyWithin(0, this.at, this.at + (depth - 1) * size);
    this.at = 0;
  }

  /** The logits of the last frames, as many as a clip has; valid until the next call. */
  answer(): Float64Array {
    const { logits, memory, at } = this;
    const { last, logitsAt } = this.program;
    this.pool();
    for (const { stage, to } of last) multiply(stage, memory, at, memory, at + to);
    for (let i = 0; i < logits.length; i++) if (logitsAt[i] >= 0) logits[i] = memory[at + logitsAt[i]];
    return logits;
  }

  /** The mean of the window, in the order of its frames. */
  private pool(): void {
    const { bias, fold, to, frames, step } = this.program.pool;
    const { memory, shares, at, next } = this;
    const room = bias.length;
    for (let i = 0; i < room; i++) {
      let sum = bias[i];
      for (let frame = 0, place = next; frame < frames; frame++) {
        sum += shares[place + i];
        place += step * room;
        if (place >= shares.length) place -= shares.length;
      }
      memory[at + to + i] = activate(sum, fold);
    }
  }
}

/** Whether a clip has something that is known so late for a frame: not before its first and between its strides. */
function isWanted(frame: number | undefined, reach: number, step: number): boolean {
  return frame === undefined || (frame >= reach && (frame - reach) % step === 0);
}
