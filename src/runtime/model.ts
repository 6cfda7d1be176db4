import { openContainer } from './file/container.js';
import { type OpenedNetwork, openHeader, type StatedAccuracy } from './file/header.js';
import { type FileNumbers, readFileNumbers } from './file/read.js';
import { nonzerosAt, rateOf } from './network/rate.js';
import { View } from './view.js';

/** A model file in memory, or as much of it as was loaded. */
export class RuntimeModel {
  readonly bytes: Uint8Array;
  private readonly opened: OpenedNetwork;
  private readonly numbers: FileNumbers;

  /** @param bytes an .anyrate file, or the start of one. @throws FormatError on anything else */
  constructor(bytes: Uint8Array) {
    const container = openContainer(bytes);
    this.bytes = bytes;
    this.opened = openHeader(container);
    this.numbers = readFileNumbers(bytes, container, this.opened.header, this.opened.plan);
  }

  get classes(): readonly string[] {
    return this.opened.header.classes;
  }

  /** What the file states of its accuracy at pruning rates: one entry a set of sequences, or none. */
  get accuracy(): readonly StatedAccuracy[] {
    return this.opened.header.provenance?.accuracy ?? [];
  }

  /** The least pruning rate that was loaded. */
  get rate(): number {
    return this.numbers.rate;
  }

  /**
   * The network at a pruning rate.
   * @throws RangeError on one that takes more weights than were loaded
   * @example
   * const view = (await load(bytes)).view(0.98);
   * console.log(view.rate, view.nonzeros, view.classes);
   */
  view(rate = this.rate): View {
    const { weights, rate: least } = this.numbers;
    const isHeld = nonzerosAt(weights, rate) <= nonzerosAt(weights, least);
    if (isHeld && rate < 1) return new View(this.opened, this.numbers, rate);
    throw new RangeError(`rate: expected ${least} up to 1, found ${rate}`);
  }

  /** Bytes of the file that hold a network of a pruning rate: rate → byte offset. @throws RangeError outside [0, 1) */
  bytesAt(rate: number): number {
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`rate: expected 0 up to 1, found ${rate}`);
    const { starts, offsets, weights } = this.numbers;
    const wanted = nonzerosAt(weights, rate);
    return offsets[starts.findIndex((start) => start >= wanted)] ?? offsets.at(-1)!;
  }

  /** Every prefix that is a network of its own: its bytes and its rate. */
  get prefixes(): { readonly rate: number; readonly bytes: number }[] {
    const { starts, offsets, weights } = this.numbers;
    const { nonzeros, rate } = this.opened.header;
    return starts.map((kept, block) => ({
      rate: (kept === nonzeros ? rate : undefined) ?? rateOf(kept, weights),
      bytes: offsets[block],
    }));
  }
}
