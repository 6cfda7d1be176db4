import { BitWriter, bestRice } from '../../core/bit-writer.js';
import { concatenate } from '../../core/bytes.js';
import { crc32 } from '../../core/crc32.js';
import { RICE_ESCAPE } from '../../runtime/file/bit-reader.js';
import { blockStarts } from '../../runtime/file/blocks.js';
import type { Precision } from '../../runtime/file/precision.js';
import { codeOf } from './codes.js';

/** A weight that is not zero: its place among all latents laid end to end, its sign and the code of its magnitude. */
interface Entry {
  readonly position: number;
  readonly negative: boolean;
  readonly code: number;
}

/** The non-zero latents of a network, the greatest first, in blocks that a prefix of the file may end at. */
export function writeBlocks(latents: readonly Float32Array[], precision: Precision, step: number): Uint8Array[] {
  const weights = latents.reduce((sum, { length }) => sum + length, 0);
  const entries = entriesOf(latents, precision, step).sort((a, b) => b.code - a.code || a.position - b.position);
  const starts = blockStarts(weights, entries.length);
  return starts.slice(1).map((end, block) => writeBlock(entries.slice(starts[block], end)));
}

function entriesOf(latents: readonly Float32Array[], precision: Precision, step: number): Entry[] {
  const entries: Entry[] = [];
  let start = 0;
  for (const tensor of latents) {
    for (const [i, latent] of tensor.entries()) {
      if (latent === 0) continue;
      entries.push({ position: start + i, negative: latent < 0, code: codeOf(Math.abs(latent), precision, step) });
    }
    start += tensor.length;
  }
  return entries;
}

/** k, the width and the least of the codes; then by rising position the gap, the sign and the rest of the code. */
function writeBlock(entries: Entry[]): Uint8Array {
  entries.sort((a, b) => a.position - b.position);
  const gaps = entries.map(({ position }, i) => position - (i === 0 ? 0 : entries[i - 1].position + 1));
  const [k, writer] = [bestRice(gaps, RICE_ESCAPE), new BitWriter()];
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { code } of entries) [least, most] = [Math.min(least, code), Math.max(most, code)];
  const width = most === least ? 0 : Math.floor(Math.log2(most - least)) + 1;
  writer.bits(k, 5);
  writer.bits(width, 6);
  writer.bits(least, 32);
  for (const [i, { negative, code }] of entries.entries()) {
    writer.rice(gaps[i], k, RICE_ESCAPE);
    writer.bits(negative ? 1 : 0, 1);
    writer.bits(code - least, width);
  }
  return sealed(writer.finish());
}

/** Bytes with their CRC-32 behind them. */
export function sealed(bytes: Uint8Array): Uint8Array {
  const crc = new Uint8Array(4);
  new DataView(crc.buffer).setUint32(0, crc32(bytes), true);
  return concatenate([bytes, crc]);
}
