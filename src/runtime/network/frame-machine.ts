import type { FrameProgram } from './frame-program.js';
import { activate } from './sparse-network.js';
import { type StageRunner, stageRunner } from './stage-runner.js';

/** So many frames come before those that are still read go back to the beginning of the memory. */
const SPARE = 16;

/** Runs a network over time frame by frame, in memory of its own. */
export class FrameMachine {
  private readonly program: FrameProgram;
  /** Its memory: kept values of frames, one frame after the other, then the shares of the last frames in the pool, a ring. */
  private readonly runner: StageRunner;
  /** Where the frames end, and the ring begins. */
  private readonly end: number;
  /** Where the oldest frame that is read begins. */
  private at = 0;
  /** Where the oldest share is. */
  private next: number;
  private readonly logits: Float64Array;

  constructor(program: FrameProgram, createRunner = stageRunner) {
    const { size, depth, stages, last, pool, logits } = program;
    const all = [...stages, ...last].map(({ stage }) => stage);
    this.program = program;
    this.end = size * (depth + SPARE);
    this.next = this.end;
    this.runner = createRunner([...all, pool.share], this.end + pool.depth * pool.bias.length);
    this.logits = logits.slice();
  }

  /**
   * Takes the standardised features of a frame, which begin at a place.
   * @param frame of a clip; undefined in a stream, whose windows begin at any frame
   */
  push(features: Float32Array, start: number, frame?: number): void {
    const { inputs, stages, last, pool, size, depth } = this.program;
    const { floats, run } = this.runner;
    this.advance(floats);
    const { at } = this;
    const newest = at + (depth - 1) * size;
    for (let i = 0; i < inputs.length; i++) floats[newest + i] = features[start + inputs[i]];
    for (let i = 0; i < stages.length; i++) {
      const { to, reach, step } = stages[i];
      if (isWanted(frame, reach, step)) run(i, at, at + to);
    }
    run(stages.length + last.length, at, this.next);
    this.next += pool.bias.length;
    if (this.next === floats.length) this.next = this.end;
  }

  private advance(floats: Float32Array): void {
    const { size, depth } = this.program;
    this.at += size;
    if (this.at + depth * size <= this.end) return;
    floats.copyWithin(0, this.at, this.at + (depth - 1) * size);
    this.at = 0;
  }

  /** The logits of the last frames, as many as a clip has; valid until the next call. */
  answer(): Float64Array {
    const { logits, at } = this;
    const { floats, run } = this.runner;
    const { stages, last, logitsAt } = this.program;
    this.pool(floats);
    for (let i = 0; i < last.length; i++) run(stages.length + i, at, at + last[i].to);
    for (let i = 0; i < logits.length; i++) if (logitsAt[i] >= 0) logits[i] = floats[at + logitsAt[i]];
    return logits;
  }

  /** The mean of the window, in the order of its frames. */
  private pool(floats: Float32Array): void {
    const { bias, fold, to, frames, step } = this.program.pool;
    const { at, end, next } = this;
    const room = bias.length;
    for (let i = 0; i < room; i++) {
      let sum = bias[i];
      for (let frame = 0, place = next; frame < frames; frame++) {
        sum += floats[place + i];
        place += step * room;
        if (place >= floats.length) place -= floats.length - end;
      }
      floats[at + to + i] = activate(sum, fold);
    }
  }
}

/** Whether a clip has something that is known so late for a frame: not before its first and between its strides. */
function isWanted(frame: number | undefined, reach: number, step: number): boolean {
  return frame === undefined || (frame >= reach && (frame - reach) % step === 0);
}
