/**
 * Sequences whose positions are not in memory: in a file, from which they are read each time that somebody asks for them.
 * To everybody else they are sequences like others. Whoever spreads one has its positions in memory from then on; `withFacts`
 * leaves them where they are.
 */

export interface Positioned {
  readonly positions: Float32Array;
}

/** Where the positions of what is read are kept; what comes back is the same thing, its positions perhaps elsewhere. */
export type KeepPositions = <T extends Positioned>(one: T) => T;

/** Keeps everything in memory. */
export const keepInMemory: KeepPositions = (one) => one;

/** The same with positions that are read anew whenever they are asked for. */
export function readingPositions<T extends object>(facts: T, read: () => Float32Array): T & Positioned {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(facts));
  return Object.defineProperty(copy, 'positions', { get: read, enumerable: true, configurable: true }) as never;
}

/** The same with other facts, its positions left where they are. */
export function withFacts<T extends object, F extends object>(one: T, facts: F): Omit<T, keyof F> & F {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(one));
  return Object.assign(copy, facts) as never;
}

/** Whether positions are read whenever they are asked for. */
export function areElsewhere(one: Positioned): boolean {
  return Object.getOwnPropertyDescriptor(one, 'positions')?.get !== undefined;
}
