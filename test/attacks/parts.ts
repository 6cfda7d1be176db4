// A good file, and what makes other files of its parts.
import { BitWriter } from '../../src/core/bit-writer.js';
import { concatenate } from '../../src/core/bytes.js';
import { encodeModel } from '../../src/model/file/file.js';
import { sealed } from '../../src/model/file/write-blocks.js';
import { openContainer, PREFIX_BYTES, parseHeader } from '../../src/runtime/file/container.js';
import { RuntimeModel } from '../../src/runtime/model.js';
import { toyModel } from '../support/toy.js';

export const file = encodeModel(toyModel((random) => random.normal() || 1));
export const container = openContainer(file);
export const { tables, start } = container;
export const header = parseHeader(container);
export const [, firstEnd, secondEnd] = new RuntimeModel(file).prefixes.map(({ bytes }) => bytes);
export const firstBlock = file.subarray(start, firstEnd);
export const secondBlock = file.subarray(firstEnd, secondEnd);

/** A file of another header, tables or blocks, its lengths and checksums correct; without blocks unless they are given. */
export function forged(parts: {
  header?: unknown;
  text?: string;
  tables?: Uint8Array;
  blocks?: Uint8Array[];
}): Uint8Array {
  const json = new TextEncoder().encode(parts.text ?? JSON.stringify(parts.header ?? header));
  const written = parts.tables ?? tables;
  const prefix = file.slice(0, PREFIX_BYTES);
  new DataView(prefix.buffer).setUint32(8, json.length, true);
  new DataView(prefix.buffer).setUint32(12, written.length, true);
  return concatenate([sealed(concatenate([prefix, json, written])), ...(parts.blocks ?? [])]);
}

/** The header with one value changed. */
export function headerWith(change: (copy: Record<string, never>) => void, blocks: Uint8Array[] = []): Uint8Array {
  const copy = structuredClone(header) as Record<string, never>;
  change(copy);
  return forged({ header: copy, blocks });
}

/** The header with other steps; frames are averaged first, to 8. */
export function withPose(...steps: object[]): Uint8Array {
  return headerWith((h) => Object.assign(h.preprocessing, { pose: [{ step: 'resample', frames: 8 }, ...steps] }));
}

export function withChannels(...channels: object[]): Uint8Array {
  return headerWith((h) => Object.assign(h.preprocessing, { channels }));
}

export function withAccuracy(accuracy: unknown): Uint8Array {
  return headerWith((h) => Object.assign(h.provenance, { accuracy }));
}

export function withByte(at: number, byte: number): Uint8Array {
  const copy = file.slice();
  copy[at] = byte;
  return copy;
}

export function withLength(at: number, length: number): Uint8Array {
  const copy = file.slice();
  new DataView(copy.buffer).setUint32(at, length, true);
  return copy;
}

export type Bits = readonly [value: number, bits: number];

/** A block of so many bytes: any bits, zeros after them, and a correct checksum. */
export function blockOf(length: number, numbers: readonly Bits[]): Uint8Array {
  const writer = new BitWriter();
  for (const [value, bits] of numbers) writer.bits(value, bits);
  const bytes = new Uint8Array(length - 4);
  bytes.set(writer.finish().subarray(0, bytes.length));
  return sealed(bytes);
}

/** As long as the first block, which holds five weights. */
export function block(...numbers: readonly Bits[]): Uint8Array {
  return blockOf(firstBlock.length, numbers);
}

/** The first five weights of the network, all of the least magnitude, in codes as wide as the block has room for. */
export function firstFive(length: number): Uint8Array {
  const width = Math.floor(((length - 4) * 8 - 5 - 6 - 32 - 5 * 2) / 5);
  const weight: Bits[] = [
    [0, 1],
    [0, 1],
    [0, width],
  ];
  return blockOf(length, [[0, 5], [width, 6], [1, 32], ...Array.from({ length: 5 }, () => weight).flat()]);
}
