import { BitWriter, bestRice } from '../../core/bit-writer.js';
import { concatenate } from '../../core/bytes.js';
import { countNonzeros, greatestFirst } from '../../core/math.js';
import { RICE_ESCAPE } from '../../runtime/file/bit-reader.js';
import { blockStarts } from '../../runtime/file/blocks.js';
import { crc32 } from '../../runtime/file/container.js';
import type { Precision } from '../../runtime/file/precision.js';
import { codeOf } from './codes.js';

/** All latents laid end to end, as a file says them. */
interface Coded {
  readonly latents: Float32Array;
  /** Of the magnitudes; 0 of a latent that is zero, at least 1 of others. */
  readonly codes: Uint32Array;
}

/** The non-zero latents of a network, the greatest first, in blocks that a prefix of the file may end at. */
export function writeBlocks(latents: readonly Float32Array[], precision: Precision, quantum: number): Uint8Array[] {
  const coded = codeAll(latents, precision, quantum);
  const order = greatestFirst(coded.codes);
  const starts = blockStarts(order.length, countNonzeros([coded.codes]));
  return starts.slice(1).map((end, block) => writeBlock(coded, order.slice(starts[block], end).sort()));
}

function codeAll(tensors: readonly Float32Array[], precision: Precision, quantum: number): Coded {
  const latents = new Float32Array(tensors.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const tensor of tensors) {
    latents.set(tensor, start);
    start += tensor.length;
  }
  const codes = new Uint32Array(latents.length);
  for (const [i, latent] of latents.entries()) {
    if (latent !== 0) codes[i] = codeOf(Math.abs(latent), precision, quantum);
  }
  return { latents, codes };
}

/** k, the width and the least of the codes; then by rising position the gap, the sign and the rest of the code. */
function writeBlock({ latents, codes }: Coded, positions: Uint32Array): Uint8Array {
  const gaps = positions.map((position, i) => position - (i === 0 ? 0 : positions[i - 1] + 1));
  const [k, writer] = [bestRice(gaps, RICE_ESCAPE), new BitWriter()];
  let [least, most] = [0xffffffff, 0];
  for (const at of positions) [least, most] = [Math.min(least, codes[at]), Math.max(most, codes[at])];
  const width = most === least ? 0 : Math.floor(Math.log2(most - least)) + 1;
  writer.bits(k, 5);
  writer.bits(width, 6);
  writer.bits(least, 32);
  for (const [i, at] of positions.entries()) {
    writer.rice(gaps[i], k, RICE_ESCAPE);
    writer.bits(latents[at] < 0 ? 1 : 0, 1);
    writer.bits(codes[at] - least, width);
  }
  return sealed(writer.finish());
}

/** Bytes with their CRC-32 after them. */
export function sealed(bytes: Uint8Array): Uint8Array {
  const crc = new Uint8Array(4);
  new DataView(crc.buffer).setUint32(0, crc32(bytes), true);
  return concatenate([bytes, crc]);
}
