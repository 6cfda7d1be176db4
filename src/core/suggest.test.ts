import { expect, test } from 'vitest';
import { suggest } from './suggest.js';

test.each([
  ['epoch', ['rate', 'epochs', 'batch'], 'epochs'],
  ['lerningrate', ['learningRate', 'l1'], 'learningRate'],
  ['kitten', ['sitten'], 'sitten'],
  ['acb', ['abc'], 'abc'],
  ['ab', ['xab', 'aby'], 'xab'], // of equally near ones the first
  ['preprocesing', ['processing', 'preprocessing'], 'preprocessing'],
  ['x', ['xyz', 'zz'], 'xyz'],
  ['right', ['right'], 'right'],
])('of %j among %j, %s is meant', (name, known, meant) => {
  expect(suggest(name, known)).toBe(`Did you mean "${meant}"?`);
});

test.each([
  ['seeds', ['classes', 'rates']],
  ['kitten', ['sitting']], // three changes are too many for six letters
  ['a', ['long name']],
  ['', ['a', '']],
  ['name', []],
  ['n'.repeat(1_000_000), ['epochs', 'batch']],
])('nothing is near %.20j', (name, known) => {
  expect(suggest(name, known)).toBeUndefined();
});
