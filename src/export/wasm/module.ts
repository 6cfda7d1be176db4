import { concatenate } from '../../core/bytes.js';

/** A section of a WebAssembly module: its number and its content. */
interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

const PREAMBLE_BYTES = 8;
const CUSTOM = 0;
const MEMORY = 5;
const DATA = 11;
const I32_CONST = 0x41;
const END = 0x0b;

/** What is put into a module that has neither data nor a custom section. */
export interface Filling {
  /** Bytes of the memory from `address` on. */
  readonly data: Uint8Array;
  readonly address: number;
  /** Pages of 64 KiB that the memory has from the start. */
  readonly pages: number;
  /** A custom section. */
  readonly custom: { readonly name: string; readonly content: Uint8Array };
}

/** A module with data in its memory (WebAssembly core specification 1.0, section 5.5). */
export function fillModule(module: Uint8Array, { data, address, pages, custom }: Filling): Uint8Array {
  const sections = sectionsOf(module).map(({ id, content }) =>
    section(id, id === MEMORY ? Uint8Array.of(1, 0, ...unsigned(pages)) : content),
  );
  const head = Uint8Array.of(1, 0, I32_CONST, ...signed(address), END, ...unsigned(data.length));
  const name = new TextEncoder().encode(custom.name);
  return concatenate([
    module.subarray(0, PREAMBLE_BYTES),
    ...sections,
    section(DATA, concatenate([head, data])),
    section(CUSTOM, concatenate([Uint8Array.from(unsigned(name.length)), name, custom.content])),
  ]);
}

function sectionsOf(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let at = PREAMBLE_BYTES; at < module.length; ) {
    const id = module[at++];
    let [size, shift] = [0, 0];
    for (; ; shift += 7) {
      const byte = module[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    sections.push({ id, content: module.subarray(at, at + size) });
    at += size;
  }
  return sections;
}

function section(id: number, content: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.of(id, ...unsigned(content.length)), content]);
}

/** LEB128, unsigned. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128, signed, of a number that is not negative: the highest bit of the last byte's seven is its sign. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
