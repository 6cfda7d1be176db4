import * as v from 'valibot';
import { expect, test } from 'vitest';
import { checkShape, describeIssue } from './check-shape.js';
import { extend, int, looseObject, number, object, record, strictObject, variant } from './shapes.js';

const optional = { key: v.optional(v.string()) };
const steps = variant('step', [strictObject({ step: v.literal('a') }), strictObject({ step: v.literal('b') })]);

test.each([
  ['a list as an object', strictObject(optional), []],
  ['a list as an object that may have more', object(optional), []],
  ['a list as an object that keeps more', looseObject(optional), []],
  ['a list as a record', record(v.string(), number), []],
  ['a list as a step', steps, []],
  ['NaN', number, Number.NaN],
  ['infinity', number, Number.POSITIVE_INFINITY],
  ['half a whole number', int, 0.5],
  ['a whole number that others are rounded to', int, 2 ** 53],
  ['a key that every object has', strictObject(optional), { toString: 'x' }],
])('%s is refused', (_, schema: v.GenericSchema, value) => {
  expect(checkShape(schema, value).success).toBe(false);
});

test('a record keeps names such as constructor, and leaves out what would be its prototype', () => {
  const names = { constructor: 1, prototype: 2, a: 3 };
  const { data } = checkShape(
    record(v.string(), v.unknown()),
    JSON.parse('{"constructor":1,"prototype":2,"a":3,"__proto__":{}}'),
  );
  expect(data).toEqual(names);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
});

test('a key of a record that may not be one is named', () => {
  const { issues } = checkShape(record(v.pipe(v.string(), v.regex(/^a/, 'a word with a')), number), { ab: 1, b: 2 });
  expect(describeIssue(issues![0])).toEqual({ place: 'b', expected: 'a word with a', found: '2' });
});

test('what an object has beside its keys is kept or left out', () => {
  const given = { constructor: 1, key: 'x' };
  expect(checkShape(looseObject(optional), given).data).toEqual(given);
  expect(checkShape(object(optional), given).data).toEqual({ key: 'x' });
});

test('an extended object has the keys in their order, then the new ones', () => {
  const schema = extend(strictObject({ b: v.optional(number, 1), a: v.optional(number, 2) }), {
    c: int,
    b: v.string(),
  });
  expect(JSON.stringify(checkShape(schema, { c: 3, b: 'x' }).data)).toBe('{"b":"x","a":2,"c":3}');
});
