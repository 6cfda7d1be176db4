import { expect, test } from 'vitest';
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
