/** Classes that mean nothing: background, rest, whatever is done between the movements. */
import type { Description } from './description.js';

/** Names of classes that mean nothing without being told to. */
const NAMES = ['background', 'nothing', 'rest'];

/** The classes that mean nothing: those that dataset.json lists or, without a list, those that are called so. */
export function nothingAmong(classes: readonly string[], { nothing }: Pick<Description, 'nothing'>): string[] {
  return nothing ?? classes.filter(isCalledNothing);
}

/** Which classes mean nothing because of their names, in words; empty where dataset.json decides, or none does. */
export function nothingInWords(classes: readonly string[], { nothing }: Pick<Description, 'nothing'>): string {
  const named = nothing === undefined ? classes.filter(isCalledNothing) : [];
  if (named.length === 0) return '';
  return ` Taken to mean nothing, by name: ${named.join(', ')} ("nothing": [] in dataset.json makes it a class like others).`;
}

function isCalledNothing(name: string): boolean {
  return NAMES.includes(name.toLowerCase());
}
