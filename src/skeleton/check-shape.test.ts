import * as v from 'valibot';
import { expect, test } from 'vitest';
import { checkShape, describeIssue } from './check-shape.js';
import { int, number, strictObject } from './shapes.js';

const form = v.union([strictObject({ least: number }), strictObject({ choice: v.array(number) })]);
const schema = strictObject({
  name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(3))),
  kind: v.optional(v.picklist(['a', 'b'])),
  list: v.optional(v.pipe(v.array(int), v.minLength(1), v.maxLength(2))),
  share: v.optional(v.pipe(number, v.minValue(0), v.ltValue(1))),
  either: v.optional(v.union([v.string(), v.boolean()])),
  form: v.optional(form),
  told: v.optional(v.union([v.string(), v.boolean()], 'a name, or true')),
});

test.each([
  [[], 'an object', '[]'],
  [{ name: 5 }, 'a text', '5'],
  [{ name: '' }, 'at least one character', '""'],
  [{ name: 'long' }, 'at most 3 characters', '"long"'],
  [{ kind: 'c' }, 'one of a, b', '"c"'],
  [{ list: 'x' }, 'a list', '"x"'],
  [{ list: [] }, 'at least one item', '[]'],
  [{ list: [1, 2, 3] }, 'at most 2 items', '[1,2,3]'],
  [{ list: [0.5] }, 'a whole number', '0.5'],
  [{ share: 1 }, 'less than 1', '1'],
  [{ share: -1 }, 'at least 0', '-1'],
  [{ either: 5 }, 'a text or true or false', '5'],
  [{ form: { leest: 5 } }, 'an object with least or an object with choice', '{"leest":5}'],
  [{ told: 5 }, 'a name, or true', '5'],
  [{ nmae: 'x' }, 'known keys', '"nmae"'],
])('what is wrong with %j is said in words', (json, expected, found) => {
  const { issues } = checkShape(schema, json);
  expect(describeIssue(issues![0])).toMatchObject({ expected, found });
});
