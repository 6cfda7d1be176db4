/** Folders called train, val and test around those of the classes: who made them has divided the recordings already. */

const TRAINS = /^train(ing)?(_?set)?$/i;
const TESTS = /^test(ing)?(_?set)?$/i;
const VALIDATES = /^(val(id(ation)?)?|dev(elopment)?|eval(uation)?)(_?set)?$/i;

/** Whether the first folders are such parts, one of them to train, and each holds folders. */
export function areParts(paths: readonly string[]): boolean {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const names = [...new Set(folders.map(([first = '']) => first))];
  return (
    folders.every(({ length }) => length > 1) &&
    names.length > 1 &&
    names.some((name) => TRAINS.test(name)) &&
    names.every((name) => [TRAINS, TESTS, VALIDATES].some((part) => part.test(name)))
  );
}

/** Which of such paths test: those of the test folder, or without one those of the validation folder. */
export function testersAmong(paths: readonly string[]): (path: string) => boolean {
  const held = paths.some((path) => TESTS.test(firstOf(path))) ? TESTS : VALIDATES;
  return (path) => held.test(firstOf(path));
}

function firstOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}
