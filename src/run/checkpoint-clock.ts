/** Least time between two checkpoints in milliseconds, and the share of the time that they may take. */
const LEAST_INTERVAL = 5000;
const MOST_SHARE = 0.02;

/** Milliseconds of a training after which it looks whether a checkpoint is due and whether somebody ends it. */
export const PAUSE_EVERY = 1000;

/** When the next checkpoint is due: every few seconds, less often where one takes long. */
export class CheckpointClock {
  private readonly interval: number;
  private due: number;

  constructor(interval = LEAST_INTERVAL) {
    this.interval = interval;
    this.due = performance.now() + interval;
  }

  get isDue(): boolean {
    return performance.now() >= this.due;
  }

  /** A checkpoint, begun at `started`, has been kept. */
  kept(started: number): void {
    const now = performance.now();
    this.due = now + Math.max(this.interval, (now - started) / MOST_SHARE);
  }
}
