import { excerpt, InputError } from '../core/errors.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';

interface Shape {
  readonly persons: number;
  readonly joints: number;
}

/**
 * Reads `{"frames": [[[x, y, z], ...], ...]}`; with several persons, their joints follow one another in each frame. A lost
 * joint is null, or [null, null, null].
 */
export function parseSequenceJson(text: string, source: string, { persons, joints }: Shape): SkeletonSequence {
  const frames = listOf(framesOf(parseJson(text, source)), undefined, source, 'frames', 'a list of frames');
  if (frames.length === 0) throw fault(source, 'frames', 'at least one frame', 'none');
  const positions = new Float32Array(frames.length * persons * joints * 3);
  for (const [t, frame] of frames.entries()) {
    readFrame(frame, persons * joints, positions, t, source);
  }
  return { frames: frames.length, persons, joints, positions };
}

/** Writes what `parseSequenceJson` reads, a frame a line. */
export function formatSequenceJson({ frames, persons, joints, positions }: SkeletonSequence): string {
  const nodes = persons * joints;
  const lines = Array.from({ length: frames }, (_, t) => {
    const points = Array.from({ length: nodes }, (_, node) => {
      const at = (t * nodes + node) * 3;
      return Array.from(positions.subarray(at, at + 3), (value) => Number(value.toPrecision(7)));
    });
    return JSON.stringify(points);
  });
  return `{"frames": [\n${lines.join(',\n')}\n]}\n`;
}

function readFrame(frame: unknown, nodes: number, positions: Float32Array, t: number, source: string): void {
  const points = listOf(frame, nodes, source, `frames[${t}]`, `a list of ${nodes} joints`);
  for (const [node, point] of points.entries()) {
    const place = `frames[${t}][${node}]`;
    const at = (t * nodes + node) * 3;
    const coordinates = listOf(point ?? [null, null, null], 3, source, place, '[x, y, z]');
    if (coordinates.every((value) => value === null)) positions.fill(Number.NaN, at, at + 3);
    else
      for (const [axis, value] of coordinates.entries())
        positions[at + axis] = finite(value, source, `${place}[${axis}]`);
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(source, undefined, 'JSON', `text that is not (${(error as Error).message})`);
  }
}

function framesOf(value: unknown): unknown {
  return (value as { frames?: unknown } | null)?.frames;
}

function listOf(
  value: unknown,
  length: number | undefined,
  source: string,
  place: string,
  expected: string,
): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw fault(source, place, expected, describe(value));
}

function finite(value: unknown, source: string, place: string): number {
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
  throw fault(source, place, 'a finite number', describe(value));
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : excerpt(value, 40);
}

function fault(source: string, place: string | undefined, expected: string, found: string): InputError {
  const mend = 'Write {"frames": [[[x, y, z], ...], ...]} with all joints of the layout in each frame.';
  return new InputError({ source, ...(place === undefined ? {} : { place }), expected, found, mend });
}
