import type { Skeleton } from '../runtime/skeleton/sequence.js';
import type { Projection } from './projection.js';

/** Frames of the trail after the joint that moves most. */
const TRAIL = 18;
/** Of the canvas, around the movement. */
const MARGIN = 0.07;

/** A context, and from coordinates of a projection to pixels. */
interface Stage {
  readonly context: CanvasRenderingContext2D;
  readonly scale: number;
  readonly place: (frame: number, node: number) => [x: number, y: number];
}

/** Draws one frame of a projected sequence: bones, joints, and the way of the joint that moves most. */
export function drawSkeleton(
  canvas: HTMLCanvasElement,
  skeleton: Skeleton,
  projection: Projection,
  frame: number,
): void {
  const stage = prepare(canvas, projection);
  const style = getComputedStyle(canvas);
  drawTrail(stage, mostMoved(projection), frame, style.accentColor === 'auto' ? style.color : style.accentColor);
  drawBones(stage, skeleton, projection, frame, style.color);
  drawJoints(stage, projection, frame, style.color);
}

/** Clears the canvas, in as many pixels as the screen has. */
function prepare(canvas: HTMLCanvasElement, { points, nodes }: Projection): Stage {
  const context = canvas.getContext('2d')!;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((size) => Math.round(size * devicePixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.clearRect(0, 0, width, height);
  context.lineCap = 'round';
  const scale = (Math.min(width, height) / 2) * (1 - 2 * MARGIN);
  const place = (frame: number, node: number): [number, number] => {
    const at = (frame * nodes + node) * 3;
    return [width / 2 + points[at] * scale, height / 2 + points[at + 1] * scale];
  };
  return { context, scale, place };
}

function drawTrail({ context, scale, place }: Stage, node: number, frame: number, colour: string): void {
  context.strokeStyle = colour;
  for (let then = Math.max(frame - TRAIL, 0); then < frame; then++) {
    const age = (frame - then) / (TRAIL + 1);
    context.globalAlpha = 0.8 * (1 - age);
    context.lineWidth = scale * 0.05 * (1 - age);
    line(context, place(then, node), place(then + 1, node));
  }
}

/** The nearer, the stronger. */
function drawBones(
  { context, scale, place }: Stage,
  { bones, joints }: Skeleton,
  projection: Projection,
  frame: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = scale * 0.034;
  for (let first = 0; first < projection.nodes; first += joints.length) {
    for (const [child, parent] of bones) {
      context.globalAlpha = nearness(projection, frame, first + child);
      line(context, place(frame, first + child), place(frame, first + parent));
    }
  }
}

function drawJoints({ context, scale, place }: Stage, projection: Projection, frame: number, colour: string): void {
  context.fillStyle = colour;
  for (let node = 0; node < projection.nodes; node++) {
    context.globalAlpha = nearness(projection, frame, node);
    context.beginPath();
    context.arc(...place(frame, node), scale * 0.027, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Opacity by depth. */
function nearness({ points, nodes }: Projection, frame: number, node: number): number {
  const z = points[(frame * nodes + node) * 3 + 2];
  return Math.min(Math.max(0.75 + z, 0.4), 1);
}

/** The node with the longest way, as far as it was seen; a canvas leaves out what is drawn at NaN. */
function mostMoved({ frames, nodes, points }: Projection): number {
  const ways = new Float64Array(nodes);
  for (let at = nodes * 3; at < frames * nodes * 3; at += 3) {
    const before = at - nodes * 3;
    ways[(at / 3) % nodes] += Math.hypot(points[at] - points[before], points[at + 1] - points[before + 1]) || 0;
  }
  return ways.indexOf(ways.reduce((a, b) => Math.max(a, b)));
}

function line(context: CanvasRenderingContext2D, from: [number, number], to: [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
