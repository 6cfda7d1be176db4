import * as z from 'zod/mini';
import { InputError } from '../../core/errors.js';
import { parseWith } from '../../data/parse-with.js';
import { VALIDATION_PARTS } from '../../data/validation.js';

const value = z.union([z.number(), z.string(), z.boolean()]);
const rate = z.number().check(z.minimum(0), z.lt(1));
const path = z.string().check(z.regex(/^[\w-]+(\.[\w-]+)*$/, 'a path of keys, such as training.learningRate'));

const drawSchema = z.union([
  z.strictObject({ choice: z.array(value).check(z.minLength(1)) }),
  z.strictObject({ uniform: z.tuple([z.number(), z.number()]) }),
  /** Between two numbers above 0, evenly in the logarithm. */
  z.strictObject({ logUniform: z.tuple([z.number().check(z.positive()), z.number().check(z.positive())]) }),
]);

const sweepSchema = z.strictObject({
  name: z.optional(
    z.string().check(z.regex(/^[\w][\w .-]*$/, 'letters, digits, blanks, dots and dashes'), z.maxLength(100)),
  ),
  /** A built-in data set's name, or a path; that of the first recipe without it. */
  data: z.optional(z.string().check(z.minLength(1))),
  /** Built-in names and files. */
  recipes: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  epochs: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))),
  /** Every combination of these values, on each recipe. */
  grid: z._default(z.record(path, z.array(value).check(z.minLength(1))), {}),
  /** So many settings drawn at random, on each recipe and each point of the grid. */
  draws: z.optional(
    z.strictObject({
      count: z.int().check(z.minimum(1), z.maximum(10_000)),
      seed: z._default(z.int().check(z.minimum(0)), 1),
      settings: z.record(path, drawSchema),
    }),
  ),
  methods: z._default(z.array(z.string()).check(z.minLength(1)), ['mrmp']),
  seeds: z._default(
    z.union([z.string(), z.int().check(z.minimum(1)), z.array(z.int().check(z.minimum(0))).check(z.minLength(1))]),
    1,
  ),
  /** One name or several; 5-fold and each-subject stand for all of theirs. */
  splits: z.optional(z.union([z.string(), z.array(z.string()).check(z.minLength(1))])),
  rates: z.optional(z.array(rate).check(z.minLength(1), z.maxLength(16))),
  /** Chooses one of the recipes for each split, on validation sequences of its training part. */
  search: z.optional(
    z.strictObject({
      eta: z._default(z.int().check(z.minimum(2), z.maximum(10)), 3),
      /** Epochs of the first rung. */
      least: z.int().check(z.minimum(1)),
      /** The validation part of the training sequences. */
      part: z._default(z.int().check(z.minimum(1), z.maximum(VALIDATION_PARTS)), 1),
      /** Rates whose mean accuracy decides; all of the sweep without it. */
      rates: z.optional(z.array(rate).check(z.minLength(1), z.maxLength(16))),
    }),
  ),
});

/** A sweep as a person writes it. */
export type SweepFile = z.output<typeof sweepSchema>;
export type Draw = z.output<typeof drawSchema>;

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
