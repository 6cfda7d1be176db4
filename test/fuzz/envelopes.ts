// Files that are packed or have checksums, taken apart and made whole again, so that changes inside reach the reader.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { concatenate } from '../../src/core/bytes.js';
import { packParts, unpackParts } from '../../src/data/anyset/container.js';
import { sealed } from '../../src/model/file/write-blocks.js';
import { openContainer, PREFIX_BYTES } from '../../src/runtime/file/container.js';
import { RuntimeModel } from '../../src/runtime/model.js';

/** How a kind of file is opened and closed. `open` throws on another kind. */
export interface Envelope {
  readonly open: (file: Uint8Array) => Uint8Array[];
  readonly close: (parts: readonly Uint8Array[]) => Uint8Array;
}

/** A model: header, tables and the blocks that follow, each of them as its checksum has it. */
export const modelEnvelope: Envelope = {
  open(file) {
    const { header, tables, start } = openContainer(file);
    const ends = new RuntimeModel(file).prefixes.map(({ bytes }) => bytes);
    const starts = [start, ...ends].slice(0, -1);
    const blocks = ends.slice(1).map((end, i) => file.subarray(starts[i + 1], end - 4));
    return [header, tables, ...blocks];
  },
  close([header, tables, ...blocks]) {
    const prefix = new Uint8Array(PREFIX_BYTES);
    prefix.set(strToU8('anyrate'));
    prefix[7] = 3;
    writeLengths(prefix, [header.length, tables.length]);
    return concatenate([sealed(concatenate([prefix, header, tables])), ...blocks.map(sealed)]);
  },
};

/** A file of `sealFile`: kind, header and body. */
export const sealedEnvelope: Envelope = {
  open(file) {
    const end = 16 + new DataView(file.buffer, file.byteOffset).getUint32(12, true);
    return [file.subarray(0, 8), file.subarray(16, end), file.subarray(end, file.length - 4)];
  },
  close([kind, header, body]) {
    const prefix = new Uint8Array(PREFIX_BYTES);
    prefix.set(kind.subarray(0, 8));
    writeLengths(prefix, [PREFIX_BYTES + header.length + body.length + 4, header.length]);
    const content = concatenate([prefix, header, body]);
    return sealed(content);
  },
};

/** Of versions 1 and 2: header and positions. */
export const anysetEnvelope: Envelope = {
  open(file) {
    const { header, positions } = unpackParts(file, 'fuzz');
    return [header, positions];
  },
  close: ([header, positions]) => packParts({ header, positions }, 2),
};

/** A safetensors file: header and numbers. */
export const safetensorsEnvelope: Envelope = {
  open(file) {
    const end = 8 + new DataView(file.buffer, file.byteOffset).getUint32(0, true);
    return [file.subarray(8, end), file.subarray(end)];
  },
  close([header, numbers]) {
    const prefix = new Uint8Array(8);
    new DataView(prefix.buffer).setUint32(0, header.length, true);
    return concatenate([prefix, header, numbers]);
  },
};

/** A zip: the names of its files, then each. */
export const zipEnvelope: Envelope = {
  open(file) {
    const files = unzipSync(file);
    return [strToU8(JSON.stringify(Object.keys(files))), ...Object.values(files)];
  },
  close([names, ...files]) {
    const listed = JSON.parse(strFromU8(names)) as unknown[];
    return zipSync(Object.fromEntries(files.map((bytes, i) => [`${listed[i]}`, bytes])), {
      level: 1,
      mtime: '1980-01-01',
    });
  },
};

function writeLengths(prefix: Uint8Array, lengths: readonly number[]): void {
  const view = new DataView(prefix.buffer);
  for (const [i, length] of lengths.entries()) view.setUint32(8 + 4 * i, length, true);
}
