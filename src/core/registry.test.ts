import { expect, test } from 'vitest';
import { DivergenceError, InputError } from './errors.js';
import { Registry } from './registry.js';

const fruits = () => new Registry('fruit', [{ name: 'apple' }, { name: 'pear' }]);

test('what is added is found by its name, after what is built in', () => {
  const registry = fruits();
  const plum = { name: 'plum' };
  registry.add(plum);
  expect(registry.named('plum')).toBe(plum);
  expect(registry.all.map(({ name }) => name)).toEqual(['apple', 'pear', 'plum']);
});

test('an unknown name lists what there is, and suggests what is near', () => {
  expect(() => fruits().named('peer', '--fruit')).toThrow(
    '--fruit: expected a fruit: apple, pear, found "peer". Did you mean "pear"?',
  );
  expect(() => fruits().named('x'.repeat(9))).toThrow('Use one of these names.');
});

test.each(['', 'two words', 'a/b', 'x'.repeat(101), undefined, 7])('%o is no name', (name) => {
  const registry = fruits();
  expect(() => registry.add({ name: name as string })).toThrow('expected a name of letters');
  expect(registry.all.length).toBe(2);
});

test('a name is taken once', () => {
  expect(() => fruits().add({ name: 'pear' })).toThrow('expected a name that no other fruit has, found "pear" again');
});

test('what was added is blamed by name and place where it fails; what is built in, and bad input, is not', () => {
  const registry = fruits();
  const plum = { name: 'plum' };
  registry.add(plum);
  const thrown = new TypeError('no stone');
  const blamed = registry.blame(plum, thrown);
  expect(blamed).toBeInstanceOf(InputError);
  expect((blamed as Error).message).toMatch(
    /^fruit plum: expected one that works, found one that fails: TypeError: no stone \(\S*registry\.test\.ts:\d+:\d+\)\. Fix/,
  );
  expect(String(registry.blame(plum, 'a word'))).toContain('found one that fails: a word. Fix');
  expect(registry.blame(registry.named('pear'), thrown)).toBe(thrown);
  for (const meant of [blamed, new DivergenceError('to infinity')]) expect(registry.blame(plum, meant)).toBe(meant);
});
