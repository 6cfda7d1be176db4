import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkShape, describeIssue } from './check-shape.js';

const form = z.union([z.strictObject({ least: z.number() }), z.strictObject({ choice: z.array(z.number()) })]);
const schema = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(3))),
  kind: z.optional(z.enum(['a', 'b'])),
  list: z.optional(z.array(z.int()).check(z.minLength(1), z.maxLength(2))),
  share: z.optional(z.number().check(z.gte(0), z.lt(1))),
  either: z.optional(z.union([z.string(), z.boolean()])),
  form: z.optional(form),
  told: z.optional(z.union([z.string(), z.boolean()], 'a name, or true')),
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
  const { error } = checkShape(schema, json);
  expect(describeIssue(error!.issues[0], json)).toEqual({ expected, found });
});
