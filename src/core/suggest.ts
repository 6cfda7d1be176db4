/** "Did you mean ...?" for a misspelt name; undefined when no known name is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  if (name === '') return undefined;
  let [nearest, least] = ['', Math.floor(Math.max(2, name.length / 3)) + 1];
  for (const other of known) {
    if (Math.abs(other.length - name.length) >= least) continue;
    const changes = distance(name, other);
    if (changes < least) [nearest, least] = [other, changes];
  }
  return nearest === '' ? undefined : `Did you mean "${nearest}"?`;
}

/** How many letters have to be put in, left out or replaced to make one word of another: Levenshtein's distance. */
function distance(from: string, to: string): number {
  const changes = Array.from({ length: to.length + 1 }, (_, letters) => letters);
  for (let i = 0; i < from.length; i++) {
    let before = changes[0];
    changes[0] = i + 1;
    for (let j = 0; j < to.length; j++) {
      const replaced = before + (from[i] === to[j] ? 0 : 1);
      before = changes[j + 1];
      changes[j + 1] = Math.min(replaced, before + 1, changes[j] + 1);
    }
  }
  return changes[to.length];
}
