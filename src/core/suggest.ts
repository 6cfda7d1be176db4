import { closest, distance } from 'fastest-levenshtein';

/** "Did you mean ...?" for a misspelt name; undefined when no known name is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  if (name === '' || known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? `Did you mean "${nearest}"?` : undefined;
}
