import { Random } from '../../core/random.js';
import type { FrameCode } from './frame-code.js';

/** Clips that are made up, and how many times greater than theirs the values of a recording are taken to be. */
const CLIPS = 16;
const MARGIN = 4;

/**
 * How great the values of each stage, in the order of a program's stages, and of the pool are taken to be: several times the
 * greatest on clips whose features go from one normal number to another, as standardised ones do. No recording is needed.
 */
export function frameRanges(code: FrameCode, window: number) {
  const stages = new Float64Array(code.stages.length);
  let pool = 0;
  for (let clip = 0; clip < CLIPS; clip++) {
    const run = new FrameRun(code);
    const random = new Random(1, clip);
    const ends = Array.from({ length: code.numbers.INPUTS }, () => [random.normal(), random.normal()]);
    for (let frame = 0; frame < window; frame++) {
      const way = frame / window;
      run.take(
        ends.map(([from, to]) => from + way * (to - from)),
        frame,
      );
    }
    run.answer();
    for (const [i, most] of run.most.entries()) stages[i] = Math.max(stages[i], MARGIN * most);
    pool = Math.max(pool, MARGIN * run.mostPooled);
  }
  return { stages, pool };
}

/** A clip that a program takes frame by frame; with the greatest magnitudes of each stage, and of what is pooled. */
class FrameRun {
  readonly most: Float64Array;
  mostPooled = 0;
  private readonly code: FrameCode;
  private readonly kept: Float64Array;
  private readonly shares: number[][] = [];

  constructor(code: FrameCode) {
    this.code = code;
    this.kept = new Float64Array(code.kept);
    this.most = new Float64Array(code.stages.length);
  }

  take(features: readonly number[], frame: number): void {
    const { numbers, stages } = this.code;
    const { INPUTS, FEATURES_AT, FEATURE_FRAMES, STAGES } = numbers;
    this.keep(FEATURES_AT, INPUTS, FEATURE_FRAMES, features);
    for (let i = 0; i < STAGES; i++) {
      const { to, biases, frames, reach, step } = stages[i];
      const isKnown = frame >= reach && (frame - reach) % step === 0;
      this.keep(to, biases.length, frames, isKnown ? this.sums(i) : biases.map(() => 0));
    }
    this.shares.push(this.sums(STAGES));
  }

  answer(): void {
    const { numbers, stages, poolBiases } = this.code;
    const { POOL_AT, POOL_DEPTH, POOL_FRAMES, POOL_STEP, POOL_IS_RECTIFIED, STAGES } = numbers;
    const read = this.shares.slice(-POOL_DEPTH).filter((_, i) => i % POOL_STEP === 0 && i < POOL_FRAMES * POOL_STEP);
    const pooled = poolBiases.map((bias, i) => {
      const sum = read.reduce((total, share) => total + share[i], bias);
      this.mostPooled = Math.max(this.mostPooled, Math.abs(sum));
      return POOL_IS_RECTIFIED ? Math.max(sum, 0) : sum;
    });
    this.keep(POOL_AT, pooled.length, 1, pooled);
    for (let i = STAGES + 1; i < stages.length; i++) {
      this.keep(stages[i].to, stages[i].biases.length, stages[i].frames, this.sums(i));
    }
  }

  private sums(index: number): number[] {
    const { fold, rows, biases } = this.code.stages[index];
    return rows.map((row, i) => {
      const sum = row.reduce((total, { source, weight }) => total + weight * this.kept[source], biases[i]);
      this.most[index] = Math.max(this.most[index], Math.abs(sum));
      return fold > 0 ? Math.max(sum, 0) : sum;
    });
  }

  /** The newest of some kept values, after the frames before it have gone one back. */
  private keep(to: number, values: number, frames: number, newest: readonly number[]): void {
    this.kept.copyWithin(to - (frames - 1) * values, to - (frames - 2) * values, to + values);
    this.kept.set(newest, to);
  }
}
