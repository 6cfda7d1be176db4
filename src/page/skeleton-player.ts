import type { Skeleton, SkeletonSequence } from '../runtime/skeleton/sequence.js';
import { drawSkeleton } from './draw-skeleton.js';
import { type Projection, project } from './projection.js';

/** How a player moves, and whom it tells. */
export interface PlayerOptions {
  readonly framesPerSecond?: number;
  /** Called when a frame is shown. */
  readonly onFrame?: (frame: number) => void;
}

/** Seconds that the last frame is shown before a movement starts again. */
const REST = 0.6;

/** Plays skeleton sequences on a canvas, again and again. Its colours are CSS: `color`, and `accent-color` for the trail. */
export class SkeletonPlayer {
  private readonly canvas: HTMLCanvasElement;
  private readonly skeleton: Skeleton;
  private readonly framesPerSecond: number;
  private readonly onFrame: (frame: number) => void;
  private projection: Projection | undefined;
  /** Seconds of the movement that have been shown. */
  private time = 0;
  private last: number | undefined;
  private shown = -1;
  private running = false;

  constructor(canvas: HTMLCanvasElement, skeleton: Skeleton, options: PlayerOptions = {}) {
    const { framesPerSecond = 25, onFrame = () => {} } = options;
    this.canvas = canvas;
    this.skeleton = skeleton;
    this.framesPerSecond = framesPerSecond;
    this.onFrame = onFrame;
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  get paused(): boolean {
    return !this.running;
  }

  /** Shows a sequence from its first frame. Where the reader wants less motion, its middle frame, until `resume`. */
  play(sequence: SkeletonSequence): void {
    this.projection = project(sequence, this.skeleton);
    this.time = 0;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.pause();
      this.show(sequence.frames >> 1);
    } else this.resume();
  }

  /** Shows one frame. */
  show(frame: number): void {
    this.time = frame / this.framesPerSecond;
    this.draw();
  }

  pause(): void {
    this.running = false;
  }

  resume(): void {
    if (this.running) return;
    this.running = true;
    this.last = undefined;
    requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    if (!this.running || this.projection === undefined) return;
    const length = this.projection.frames / this.framesPerSecond + REST;
    this.time = (this.time + (now - (this.last ?? now)) / 1000) % length;
    this.last = now;
    this.draw();
    requestAnimationFrame((next) => this.tick(next));
  }

  private draw(): void {
    if (this.projection === undefined) return;
    const frame = Math.min(Math.floor(this.time * this.framesPerSecond), this.projection.frames - 1);
    drawSkeleton(this.canvas, this.skeleton, this.projection, frame);
    if (frame !== this.shown) this.onFrame(frame);
    this.shown = frame;
  }
}
