import { DivergenceError, InputError, InterruptedError } from './errors.js';
import { suggest } from './suggest.js';

/** Names of what is registered: short enough to be listed, and without what a command line would have to quote. */
const NAME = /^[\w.-]{1,100}$/;

/**
 * Things of one sort that go by their names, such as layouts: those that anyrate has, and those that a program or a plugin
 * adds.
 */
export class Registry<Item extends { readonly name: string }> {
  /** What one of them is called in messages. */
  readonly sort: string;
  private readonly builtin: ReadonlySet<Item>;
  private readonly items: Item[];

  /** How many things of all sorts were added. */
  static additions = 0;

  constructor(sort: string, builtin: readonly Item[]) {
    this.sort = sort;
    this.builtin = new Set(builtin);
    this.items = [...builtin];
  }

  /** All of them, the built-in ones first; the list grows as others are added. */
  get all(): readonly Item[] {
    return this.items;
  }

  /** Adds one. @throws InputError on a name that is taken, or is no name */
  add(item: Item): void {
    const source = `${this.sort} to register`;
    const name = (item as Item | null | undefined)?.name;
    if (typeof name !== 'string' || !NAME.test(name)) {
      const expected = 'a name of letters, digits, ".", "_" and "-"';
      throw new InputError({
        source,
        place: 'name',
        expected,
        found: quoted(name),
        mend: 'Use only these characters.',
      });
    }
    if (this.find(name) !== undefined) {
      const [expected, found] = [`a name that no other ${this.sort} has`, `"${name}" again`];
      throw new InputError({
        source,
        place: 'name',
        expected,
        found,
        mend: 'Give it another name, or add it only once.',
      });
    }
    this.items.push(item);
    Registry.additions++;
  }

  find(name: string): Item | undefined {
    return this.items.find((item) => item.name === name);
  }

  /**
   * What to throw where one of them threw: if it was added, an InputError that names it, since the fault is not anyrate's;
   * otherwise, and where the error says what is wrong with other input, the error itself.
   */
  blame(item: Item, error: unknown): unknown {
    const isMeant = [InputError, DivergenceError, InterruptedError].some((kind) => error instanceof kind);
    if (isMeant || this.builtin.has(item)) return error;
    return new InputError({
      source: `${this.sort} ${item.name}`,
      expected: 'one that works',
      found: `one that fails: ${error}${placeOf(error)}`,
      mend: 'Fix the plugin or the program that adds it.',
    });
  }

  /** The one of a name; `source` is the file or flag that gives it. @throws InputError on an unknown name */
  named(name: string, source = this.sort): Item {
    const item = this.find(name);
    if (item !== undefined) return item;
    const names = this.items.map((known) => known.name);
    const expected = `a ${this.sort}: ${names.join(', ')}`;
    throw new InputError({
      source,
      expected,
      found: quoted(name),
      mend: suggest(String(name), names) ?? 'Use one of these names.',
    });
  }
}

/** The list that grows, without anything that a bundler would take for an effect. */
export function allOf<Item extends { readonly name: string }>(registry: Registry<Item>): readonly Item[] {
  return registry.all;
}

function quoted(name: unknown): string {
  return typeof name === 'string' ? `"${name.slice(0, 100)}"` : String(name);
}

/** The file and line where an error was thrown, as far as its stack tells. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  const [, place] = /^\s+at (?:.*\()?(\S+:\d+:\d+)\)?$/m.exec(stack ?? '') ?? [];
  return place === undefined ? '' : ` (${place})`;
}
