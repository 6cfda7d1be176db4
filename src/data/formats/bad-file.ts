import { InputError } from '../../core/errors.js';

/** An InputError of a file; `place` is empty where the whole file is meant. */
export function badFile(source: string, place: string, expected: string, found: string, mend: string): InputError {
  const fault = { source, expected, found, mend };
  return new InputError(place === '' ? fault : { ...fault, place });
}

/** What stands where something else was expected, in a few words and without looking deeper than one level. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object') return String(value);
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 5).join(', ').slice(0, 80)}`;
}
