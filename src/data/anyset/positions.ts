import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';

/**
 * Positions as whole multiples of a step. For each sequence and each coordinate, the differences from frame to frame
 * (the first one from 0), zigzag-coded to 16 bits (0, -1, 1, -2 ... become 0, 1, 2, 3 ...); all the low bytes, then all
 * the high bytes.
 */
export function encodePositions(sequences: readonly SkeletonSequence[], step: number): Uint8Array {
  const count = sequences.reduce((sum, { positions }) => sum + positions.length, 0);
  const planes = new Uint8Array(2 * count);
  let at = 0;
  for (const sequence of sequences) {
    for (const code of zigzagDifferences(sequence, step)) {
      planes[at] = code & 0xff;
      planes[count + at] = code >> 8;
      at++;
    }
  }
  return planes;
}

/** The inverse of `encodePositions`; `planes` holds two bytes for each number of all `shapes`. */
export function decodePositions(
  planes: Uint8Array,
  shapes: readonly Omit<SkeletonSequence, 'positions'>[],
  step: number,
): Float32Array[] {
  const count = planes.length / 2;
  let at = 0;
  return shapes.map(({ frames, persons, joints }) => {
    const width = persons * joints * 3;
    const positions = new Float32Array(frames * width);
    for (let column = 0; column < width; column++) {
      let multiple = 0;
      for (let i = column; i < positions.length; i += width, at++) {
        const code = planes[at] | (planes[count + at] << 8);
        multiple += (code >>> 1) ^ -(code & 1);
        positions[i] = multiple * step;
      }
    }
    return positions;
  });
}

/** 16-bit codes, coordinate by coordinate, each over all frames. */
function zigzagDifferences({ frames, positions }: SkeletonSequence, step: number): Uint16Array {
  const width = positions.length / frames;
  const codes = new Uint16Array(positions.length);
  let at = 0;
  for (let column = 0; column < width; column++) {
    let previous = 0;
    for (let i = column; i < positions.length; i += width) {
      const multiple = Math.round(positions[i] / step);
      codes[at++] = zigzag(multiple - previous);
      previous = multiple;
    }
  }
  return codes;
}

function zigzag(difference: number): number {
  if (difference < -0x8000 || difference > 0x7fff) throw new RangeError(`step too small: difference ${difference}`);
  return ((difference << 1) ^ (difference >> 31)) & 0xffff;
}
