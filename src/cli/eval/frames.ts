import { createInterface } from 'node:readline';
import { InputError } from '../../core/errors.js';
import type { Frame } from '../../runtime/stream/read-frame.js';

/** Frames of a terminal's pipe, at most. */
const MOST_FRAMES = 1_000_000;

/**
 * Frames of JSON lines: numbers laid end to end, joints as [x, y, z], landmark objects, or null where nobody is seen.
 * @throws InputError that names the line
 */
export async function readFrames(input: NodeJS.ReadStream): Promise<Frame[]> {
  if (input.isTTY) throw fault(undefined, 'frames from a pipe', 'a terminal');
  const frames: Frame[] = [];
  let line = 0;
  for await (const text of createInterface({ input })) {
    line++;
    if (text.trim() === '') continue;
    if (frames.length === MOST_FRAMES) throw fault(`line ${line}`, `at most ${MOST_FRAMES} frames`, 'more');
    frames.push(frameOf(text, `line ${line}`));
  }
  if (frames.length === 0) throw fault(undefined, 'one JSON array a line', 'nothing');
  return frames;
}

function frameOf(text: string, place: string): Frame {
  try {
    const frame = JSON.parse(text);
    if (frame === null || Array.isArray(frame)) return laidEndToEnd(frame);
  } catch {
    // told below, as what is no array
  }
  throw fault(place, 'a JSON array, or null', text.slice(0, 40));
}

/** Joints as [x, y, z] or null become numbers in a row; all else stays. */
function laidEndToEnd(frame: unknown[] | null): Frame {
  const isJoint = (joint: unknown) =>
    joint === null || (Array.isArray(joint) && joint.every((x) => typeof x !== 'object' || x === null));
  if (!frame?.some(Array.isArray) || !frame.every(isJoint)) return frame as Frame;
  return frame.flatMap((joint) => (joint === null ? [null, null, null] : joint)) as Frame;
}

function fault(place: string | undefined, expected: string, found: string): InputError {
  const where = place === undefined ? {} : { place };
  return new InputError({ source: 'standard input', ...where, expected, found, mend: 'Write one frame a line.' });
}
