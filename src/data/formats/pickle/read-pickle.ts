/**
 * A reader of Python pickles that runs nothing. It follows the instructions of protocols 0 to 5 on a stack, knows a list of
 * functions by name (allowed.ts) and refuses every other; long bytes stay in the file, so that a pickle of any size is read
 * with the memory of its small values.
 */
import { badFile, MOST_WHOLE_BYTES, type RecordingFile } from '../format.js';
import { allowedGlobal, setArray } from './allowed.js';
import { Callable, itemsOf, PickledArray, PickledDtype, Span, Tuple, type Value } from './values.js';
import { MOST_AT_ONCE, Window } from './window.js';

/** Instructions of a pickle; each may make a value of some 50 bytes. */
const MOST_STEPS = 1 << 25;

/** Longer bytes are left in the file; longer texts too. */
const MOST_SHORT_BYTES = 256;
const MOST_TEXT_BYTES = MOST_AT_ONCE / 2;

/**
 * Reads the value of a pickle.
 * @throws InputError if it is cut off or damaged, names anything but arrays and plain values, or is too large
 */
export async function readPickle(file: RecordingFile): Promise<Value> {
  const machine = new Machine(file);
  const { window } = machine;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (!window.isFull) await window.fill();
    const code = window.uint8();
    if (code === STOP) return machine.pop();
    const step = STEPS.get(code);
    if (step === undefined) throw machine.fault('an instruction that makes plain values', nameOf(code));
    step(machine);
  }
  throw machine.fault(`at most ${MOST_STEPS} instructions`, 'more');
}

/** The state of reading: a stack, the marks on it, and what is remembered by number. */
class Machine {
  readonly window: Window;
  private readonly source: string;
  private stack: Value[] = [];
  private readonly below: Value[][] = [];
  private readonly memo = new Map<number, Value>();
  private textBytes = 0;

  constructor(file: RecordingFile) {
    this.window = new Window(file);
    this.source = file.path;
  }

  fault(expected: string, found: string, mend = 'The file is damaged or is not a recording: leave it out.'): Error {
    return badFile(this.source, `byte ${this.window.position}`, expected, found, mend);
  }

  push(value: Value): void {
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw this.fault('a value on the stack', 'none');
    return value;
  }

  top(): Value {
    const value = this.stack.at(-1);
    if (value === undefined) throw this.fault('a value on the stack', 'none');
    return value;
  }

  mark(): void {
    this.below.push(this.stack);
    this.stack = [];
  }

  /** The values since the last mark. */
  popMark(): Value[] {
    const above = this.stack;
    const below = this.below.pop();
    if (below === undefined) throw this.fault('a mark on the stack', 'none');
    this.stack = below;
    return above;
  }

  popTuple(count: number): void {
    const items = Array.from({ length: count }, () => this.pop()).reverse();
    this.push(new Tuple(items));
  }

  remember(key: number): void {
    this.memo.set(key, this.top());
  }

  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(key: number): void {
    const value = this.memo.get(key);
    if (value === undefined) throw this.fault('a value that was remembered', `number ${key}`);
    this.push(value);
  }

  text(bytes: number, encoding: 'utf-8' | 'latin1', most: number): void {
    if (bytes > most) {
      const start = this.window.skip(bytes);
      this.push(new Span(start, start + bytes, encoding === 'utf-8' ? 'utf-8' : 'bytes'));
      return;
    }
    this.textBytes += bytes;
    if (this.textBytes > MOST_WHOLE_BYTES) throw this.fault(`at most ${MOST_WHOLE_BYTES} bytes of short texts`, 'more');
    const some = this.window.some(bytes);
    this.push(encoding === 'utf-8' ? new TextDecoder().decode(some) : String.fromCharCode(...some.subarray(0, bytes)));
  }

  addItems(items: readonly Value[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.fault('a list to add to', describe(list));
    for (const item of items) list.push(item);
  }

  setItems(items: readonly Value[]): void {
    const map = this.top();
    if (!(map instanceof Map) || items.length % 2 > 0) throw this.fault('a dictionary to add to', describe(map));
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i];
      if (typeof key === 'string' || typeof key === 'number') map.set(key, items[i + 1]);
    }
  }

  global(module: string, name: string): void {
    const found = allowedGlobal(module, name);
    if (found === undefined) {
      const mend =
        'A pickle that names functions could run a program and is not read: save the arrays with numpy.save.';
      const named = `${module}.${name}`.slice(0, 80);
      throw this.fault('arrays, numbers, texts, lists and dictionaries', `"${named}"`, mend);
    }
    this.push(found);
  }

  call(): void {
    const args = itemsOf(this.pop());
    const callable = this.pop();
    const made = callable instanceof Callable && args !== undefined ? callable.call(args) : undefined;
    if (made === undefined) throw this.fault('a function that makes a plain value', describe(callable));
    this.push(made);
  }

  build(): void {
    const state = this.pop();
    const target = this.top();
    const items = itemsOf(state) ?? [];
    if (target instanceof PickledDtype && typeof items[1] === 'string') {
      target.descr = `${items[1]}${target.descr.replace(/^[<>|=]/, '')}`;
      return;
    }
    if (target instanceof PickledArray && setArray(target, items[1], items[2], items[3] === true, items[4])) return;
    throw this.fault('the state of an array', describe(target));
  }
}

function describe(value: Value): string {
  if (value instanceof Callable) return value.name;
  return value === null ? 'None' : typeof value === 'object' ? value.constructor.name.toLowerCase() : typeof value;
}

const STOP = 0x2e;

type Step = (machine: Machine) => void;

/** The long integers of Python as numbers; beyond 2^53 they lose digits. */
function long(bytes: Uint8Array): number {
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + bytes[i];
  return bytes.length > 0 && bytes[bytes.length - 1] >= 0x80 ? value - 256 ** bytes.length : value;
}

function quoted(line: string): string {
  return line
    .replace(/^['"]|['"]$/g, '')
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Line of an integer, or `00` and `01` for False and True. */
function integer(line: string): Value {
  return line === '00' ? false : line === '01' ? true : Number(line.replace(/L$/, ''));
}

/** Instructions by the letters that Python's pickletools list for them. */
const STEPS: ReadonlyMap<number, Step> = new Map<number, Step>([
  // protocol and frames, of which nothing is needed
  [0x80, ({ window }) => void window.uint8()],
  [0x95, ({ window }) => void window.some(8)],
  // the stack
  [letter('('), (machine) => machine.mark()],
  [letter('0'), (machine) => void machine.pop()],
  [letter('1'), (machine) => void machine.popMark()],
  [letter('2'), (machine) => machine.push(machine.top())],
  // constants and numbers
  [letter('N'), (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  [letter('I'), (machine) => machine.push(integer(machine.window.line()))],
  [letter('L'), (machine) => machine.push(integer(machine.window.line()))],
  [letter('F'), (machine) => machine.push(Number(machine.window.line()))],
  [letter('J'), (machine) => machine.push(machine.window.int32())],
  [letter('K'), (machine) => machine.push(machine.window.uint8())],
  [letter('M'), (machine) => machine.push(machine.window.uint16())],
  [letter('G'), (machine) => machine.push(machine.window.float64BigEndian())],
  [0x8a, (machine) => machine.push(long(machine.window.some(machine.window.uint8())))],
  [0x8b, (machine) => machine.push(long(machine.window.some(machine.window.uint32())))],
  // texts and bytes
  [letter('S'), (machine) => machine.push(quoted(machine.window.line()))],
  [letter('V'), (machine) => machine.push(machine.window.line())],
  [letter('T'), (machine) => machine.text(machine.window.uint32(), 'latin1', MOST_SHORT_BYTES)],
  [letter('U'), (machine) => machine.text(machine.window.uint8(), 'latin1', MOST_SHORT_BYTES)],
  [letter('B'), (machine) => machine.text(machine.window.uint32(), 'latin1', MOST_SHORT_BYTES)],
  [letter('C'), (machine) => machine.text(machine.window.uint8(), 'latin1', MOST_SHORT_BYTES)],
  [letter('X'), (machine) => machine.text(machine.window.uint32(), 'utf-8', MOST_TEXT_BYTES)],
  [0x8c, (machine) => machine.text(machine.window.uint8(), 'utf-8', MOST_TEXT_BYTES)],
  [0x8d, (machine) => machine.text(machine.window.uint64(), 'utf-8', MOST_TEXT_BYTES)],
  [0x8e, (machine) => machine.text(machine.window.uint64(), 'latin1', MOST_SHORT_BYTES)],
  [0x96, (machine) => machine.text(machine.window.uint64(), 'latin1', MOST_SHORT_BYTES)],
  // lists, tuples, dictionaries, sets
  [letter(']'), (machine) => machine.push([])],
  [letter('l'), (machine) => machine.push(machine.popMark())],
  [letter('a'), (machine) => machine.addItems([machine.pop()])],
  [letter('e'), (machine) => machine.addItems(machine.popMark())],
  [letter(')'), (machine) => machine.push(new Tuple([]))],
  [letter('t'), (machine) => machine.push(new Tuple(machine.popMark()))],
  [0x85, (machine) => machine.popTuple(1)],
  [0x86, (machine) => machine.popTuple(2)],
  [0x87, (machine) => machine.popTuple(3)],
  [letter('}'), (machine) => machine.push(new Map())],
  [letter('d'), dictionary],
  [letter('s'), (machine) => machine.setItems([machine.pop(), machine.pop()].reverse())],
  [letter('u'), (machine) => machine.setItems(machine.popMark())],
  [0x8f, (machine) => machine.push([])],
  [0x90, (machine) => machine.addItems(machine.popMark())],
  [0x91, (machine) => machine.push(new Tuple(machine.popMark()))],
  // what is remembered
  [letter('p'), (machine) => machine.remember(Number(machine.window.line()))],
  [letter('q'), (machine) => machine.remember(machine.window.uint8())],
  [letter('r'), (machine) => machine.remember(machine.window.uint32())],
  [0x94, (machine) => machine.rememberNext()],
  [letter('g'), (machine) => machine.recall(Number(machine.window.line()))],
  [letter('h'), (machine) => machine.recall(machine.window.uint8())],
  [letter('j'), (machine) => machine.recall(machine.window.uint32())],
  // functions of the list, and the state of what they made
  [letter('c'), (machine) => machine.global(machine.window.line(), machine.window.line())],
  [0x93, stackGlobal],
  [letter('R'), (machine) => machine.call()],
  [0x81, (machine) => machine.call()],
  [letter('b'), (machine) => machine.build()],
]);

function letter(sign: string): number {
  return sign.charCodeAt(0);
}

function nameOf(code: number): string {
  return code > 0x20 && code < 0x7f ? `"${String.fromCharCode(code)}"` : `0x${code.toString(16)}`;
}

function dictionary(machine: Machine): void {
  const items = machine.popMark();
  machine.push(new Map());
  machine.setItems(items);
}

function stackGlobal(machine: Machine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name !== 'string' || typeof module !== 'string')
    throw machine.fault('the name of a function', describe(name));
  machine.global(module, name);
}
