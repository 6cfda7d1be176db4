import * as v from 'valibot';
import { InputError } from '../../core/errors.js';
import { parseWith } from '../../data/parse-with.js';
import { VALIDATION_PARTS } from '../../data/validation.js';
import { int, number, record, strictObject } from '../../skeleton/shapes.js';

const value = v.union([number, v.string(), v.boolean()]);
const rate = v.pipe(number, v.minValue(0), v.ltValue(1));
const path = v.pipe(v.string(), v.regex(/^[\w-]+(\.[\w-]+)*$/, 'a path of keys, such as training.learningRate'));

const drawSchema = v.union([
  strictObject({ choice: v.pipe(v.array(value), v.minLength(1)) }),
  strictObject({ uniform: v.strictTuple([number, number]) }),
  /** Between two numbers above 0, evenly in the logarithm. */
  strictObject({ logUniform: v.strictTuple([v.pipe(number, v.gtValue(0)), v.pipe(number, v.gtValue(0))]) }),
]);

const sweepSchema = strictObject({
  name: v.optional(
    v.pipe(v.string(), v.regex(/^[\w][\w .-]*$/, 'letters, digits, blanks, dots and dashes'), v.maxLength(100)),
  ),
  /** A built-in data set's name, or a path; that of the first recipe without it. */
  data: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Built-in names and files. */
  recipes: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
  epochs: v.optional(v.pipe(int, v.minValue(1), v.maxValue(100_000))),
  /** Every combination of these values, on each recipe. */
  grid: v.optional(record(path, v.pipe(v.array(value), v.minLength(1))), {}),
  /** So many settings drawn at random, on each recipe and each point of the grid. */
  draws: v.optional(
    strictObject({
      count: v.pipe(int, v.minValue(1), v.maxValue(10_000)),
      seed: v.optional(v.pipe(int, v.minValue(0)), 1),
      settings: record(path, drawSchema),
    }),
  ),
  methods: v.optional(v.pipe(v.array(v.string()), v.minLength(1)), ['mrmp']),
  seeds: v.optional(
    v.union([v.string(), v.pipe(int, v.minValue(1)), v.pipe(v.array(v.pipe(int, v.minValue(0))), v.minLength(1))]),
    1,
  ),
  /** One name or several; 5-fold and each-subject stand for all of theirs. */
  splits: v.optional(v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1))])),
  rates: v.optional(v.pipe(v.array(rate), v.minLength(1), v.maxLength(16))),
  /** Chooses one of the recipes for each split, on validation sequences of its training part. */
  search: v.optional(
    strictObject({
      eta: v.optional(v.pipe(int, v.minValue(2), v.maxValue(10)), 3),
      /** Epochs of the first rung. */
      least: v.pipe(int, v.minValue(1)),
      /** The validation part of the training sequences. */
      part: v.optional(v.pipe(int, v.minValue(1), v.maxValue(VALIDATION_PARTS)), 1),
      /** Rates whose mean accuracy decides; all of the sweep without it. */
      rates: v.optional(v.pipe(v.array(rate), v.minLength(1), v.maxLength(16))),
    }),
  ),
});

/** A sweep as a person writes it. */
export type SweepFile = v.InferOutput<typeof sweepSchema>;
export type Draw = v.InferOutput<typeof drawSchema>;

/** @throws InputError that names the key */
export function parseSweepFile(json: unknown, source: string): SweepFile {
  const file = parseWith(sweepSchema, json, source, 'See docs/sweeps.md.');
  for (const [place, draw] of Object.entries(file.draws?.settings ?? {})) {
    const range = 'uniform' in draw ? draw.uniform : 'logUniform' in draw ? draw.logUniform : undefined;
    if (range === undefined || range[0] < range[1]) continue;
    throw new InputError({
      source,
      place: `draws.settings.${place}`,
      expected: 'the smaller number first',
      found: JSON.stringify(range),
      mend: 'Exchange them.',
    });
  }
  return file;
}
