import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toyDataset, toyRecipe } from '../../../../test/support/toy.js';
import { canonicalJson } from '../job.js';
import { formatResult } from '../result.js';
import { createJob, parseJob } from './job-key.js';
import { parseResult } from './parse-result.js';

const dataset = toyDataset();
const recipe = toyRecipe({ split: 'quarter' });
const job = createJob({ method: 'mrmp', recipe, rates: [0, 0.9] }, dataset);
const keyOf = (changes: object, set = dataset) =>
  createJob({ method: 'mrmp', recipe, rates: [0, 0.9], ...changes }, set).key;

test('canonical JSON has its keys in order, at every depth', () => {
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
});

test('the key is the SHA-256 of the canonical JSON of the spec', () => {
  expect(job.key).toBe(createHash('sha256').update(canonicalJson(job.spec)).digest('hex'));
  expect(job.name).toBe('toy-mrmp-quarter-seed7');
});

test('a key belongs to recipe, rates, method, data and its parts, wherever the data lies', () => {
  expect(keyOf({ recipe: { ...recipe, data: 'elsewhere', report: [0.3] } })).toBe(job.key);
  expect(keyOf({ rates: [0] })).not.toBe(job.key);
  expect(keyOf({ method: 'mp' })).not.toBe(job.key);
  expect(keyOf({ until: 2 })).not.toBe(job.key);
  expect(keyOf({ recipe: { ...recipe, seed: 9 } })).not.toBe(job.key);
  const samples = dataset.samples.with(3, { ...dataset.samples[3], label: 1 });
  expect(keyOf({}, { ...dataset, samples })).not.toBe(job.key);
  const [split] = dataset.splits;
  expect(keyOf({}, { ...dataset, splits: [{ ...split, test: split.test.slice(1) }] })).not.toBe(job.key);
});

test('a job that was sent comes back with its key', () => {
  const sent = parseJob(JSON.parse(JSON.stringify(job.spec)), 'queue');
  expect(sent).toEqual(job);
  expect(formatResult({ job: sent.spec, rows: [] })).toBe(formatResult({ job: job.spec, rows: [] }));
});

test.each<[string, object, RegExp]>([
  [
    'another training revision',
    { revision: 999 },
    /queue, revision: expected trainings of revision \d+, found revision/,
  ],
  ['another revision of a method', { methodRevision: 9 }, /expected the method mrmp of revision 1, found revision 9/],
  ['an unknown method', { method: 'mrpm' }, /expected a method: .*Did you mean "mrmp"/],
  ['a key too many', { path: '/etc' }, /queue, path: expected/],
  ['a path for a fingerprint', { fingerprint: '../../x' }, /queue, fingerprint/],
  ['a recipe with a path for a name', { recipe: { ...job.spec.recipe, name: '../x' } }, /queue, name: expected/],
  ['a recipe that is not resolved', { recipe: { ...job.spec.recipe, augmentation: undefined } }, /a resolved recipe/],
])('%s is refused', (_, changes, message) => {
  expect(() => parseJob({ ...job.spec, ...changes }, 'queue')).toThrow(message);
});

test('a result under the name of another job is refused', () => {
  const text = formatResult({ job: job.spec, rows: [] });
  expect(parseResult(text, job.key, 'file')).toEqual({ job: job.spec, rows: [] });
  expect(() => parseResult(text, '0'.repeat(64), 'file')).toThrow(/file: expected the result of job 0+, found that of/);
});
