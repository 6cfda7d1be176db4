/** What a pickle holds: plain values, and arrays whose bytes are still in the file. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Value[]
  | Tuple
  | Map<string | number, Value>
  | Span
  | PickledArray
  | PickledDtype
  | Callable;

/** A Python tuple or set: a list that is not added to. */
export class Tuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** Long bytes, or a long text, that are left in the file. Short ones are strings, of bytes a letter each. */
export class Span {
  readonly start: number;
  readonly end: number;
  /** `utf-8`: the bytes are the letters of a text, each of which stands for a byte (pickles of protocol 2). */
  readonly encoding: 'bytes' | 'utf-8';

  constructor(start: number, end: number, encoding: 'bytes' | 'utf-8') {
    this.start = start;
    this.end = end;
    this.encoding = encoding;
  }
}

/** A numpy array, complete as soon as its state is given. */
export class PickledArray {
  shape: readonly number[] = [];
  dtype: PickledDtype | undefined;
  isFortran = false;
  data: Span | string | undefined;
}

/** A numpy type of numbers, in the notation of `parseDtype`. */
export class PickledDtype {
  descr: string;

  constructor(descr: string) {
    this.descr = descr;
  }
}

/** A function or class that a pickle may name; `call` makes a value of plain ones and runs nothing else. */
export class Callable {
  readonly name: string;
  readonly call: (args: readonly Value[]) => Value | undefined;

  constructor(name: string, call: (args: readonly Value[]) => Value | undefined) {
    this.name = name;
    this.call = call;
  }
}

/** Items of a list or tuple, or undefined. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  return value instanceof Tuple ? value.items : Array.isArray(value) ? value : undefined;
}

/** The bytes that a string of Latin letters stands for. */
export function latinBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
