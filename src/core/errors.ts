/** Where bad input was found, what was expected there, what stood there, and how to mend it. */
export interface Fault {
  /** File, or the name of the thing that was read. */
  readonly source: string;
  /** Line, key, tensor or byte inside the source. */
  readonly place?: string;
  readonly expected: string;
  readonly found: string;
  readonly mend: string;
}

/**
 * Bad input from outside: a file, a flag, a recipe, a sequence. The command line prints its message and exits with 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(describeFault(fault));
    this.fault = fault;
  }
}

/** Training reached a state from which it cannot go on (a loss or tensor that is not finite). Exit code 3. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
}

/** The run was interrupted after its state was saved. Exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

function describeFault({ source, place, expected, found, mend }: Fault): string {
  const where = place === undefined ? source : `${source}, ${place}`;
  return `${where}: expected ${expected}, found ${found}. ${mend}`;
}

/** Where every kind has been dealt with: the compiler refuses a new one that was left out. @throws TypeError at run time */
export function assertNever(kind: never): never {
  throw new TypeError(`a kind that is not handled: ${JSON.stringify(kind)}`);
}

/** What was found, as a message shows it: the start of its JSON. */
export function excerpt(value: unknown, most = 60): string {
  if (value === undefined) return 'nothing';
  try {
    const text = JSON.stringify(value) ?? typeof value;
    return text.length > most ? `${text.slice(0, most - 1)}…` : text;
  } catch {
    return 'lists or objects too deep inside one another';
  }
}
