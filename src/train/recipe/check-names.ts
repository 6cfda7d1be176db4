import { InputError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { MOST_CLASSES, MOST_NAME } from '../../runtime/file/limits.js';

/**
 * Checks what a data set calls itself, its classes and its splits: a model's file says it again, within its budget.
 * @throws InputError
 */
export function checkNames({ name, classes, splits }: Dataset): void {
  const source = `data set ${short(name)}`;
  if (classes.length > MOST_CLASSES) {
    const [expected, found] = [`at most ${MOST_CLASSES} classes`, `${classes.length}`];
    throw new InputError({ source, expected, found, mend: 'Join classes, or leave some out.' });
  }
  const long = [name, ...classes, ...splits.map((split) => split.name)].find(({ length }) => length > MOST_NAME);
  if (long === undefined) return;
  throw new InputError({
    source,
    place: short(long),
    expected: `names of at most ${MOST_NAME} characters`,
    found: `${long.length}`,
    mend: 'Shorten the name of the data set, the class or the split.',
  });
}

function short(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
