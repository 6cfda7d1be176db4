import type { Pointer } from './contract.js';

const ALIGNMENT = 64;
/** The first bytes stay free: the null pointer, and the tables of the WebAssembly module (about 6 kB from 1024 on). */
const RESERVED = 16384;

/** Lays tensors out in a heap before it exists: pointers first, then a heap of `bytes`. */
export class Arena {
  private next = RESERVED;

  /** Bytes needed by all that was allocated. */
  get bytes(): number {
    return this.next;
  }

  /** Room for `count` 4-byte numbers, starting at a cache line and padded to one. */
  allocate(count: number): Pointer {
    const pointer = this.next;
    this.next += Math.ceil((count * 4) / ALIGNMENT) * ALIGNMENT;
    return pointer;
  }
}
