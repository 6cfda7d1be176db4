import { z } from 'zod';
import { InputError } from '../../core/errors.js';
import { parseWith } from '../../data/parse-with.js';
import { VALIDATION_PARTS } from '../../data/validation.js';

const value = z.union([z.number(), z.string(), z.boolean()]);
const rate = z.number().min(0).lt(1);
const path = z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'a path of keys, such as training.learningRate');

const drawSchema = z.union([
  z.strictObject({ choice: z.array(value).min(1) }),
  z.strictObject({ uniform: z.tuple([z.number(), z.number()]) }),
  /** Between two numbers above 0, evenly in the logarithm. */
  z.strictObject({ logUniform: z.tuple([z.number().positive(), z.number().positive()]) }),
]);

const sweepSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w][\w .-]*$/, 'letters, digits, blanks, dots and dashes')
    .max(100)
    .optional(),
  /** A built-in data set's name, or a path; that of the first recipe without it. */
  data: z.string().min(1).optional(),
  /** Built-in names and files. */
  recipes: z.array(z.string().min(1)).min(1),
  epochs: z.int().min(1).max(100_000).optional(),
  /** Every combination of these values, on each recipe. */
  grid: z.record(path, z.array(value).min(1)).default({}),
  /** So many settings drawn at random, on each recipe and each point of the grid. */
  draws: z
    .strictObject({
      count: z.int().min(1).max(10_000),
      seed: z.int().min(0).default(1),
      settings: z.record(path, drawSchema),
    })
    .optional(),
  methods: z.array(z.string()).min(1).default(['mrmp']),
  seeds: z.union([z.string(), z.int().min(1), z.array(z.int().min(0)).min(1)]).default(1),
  /** One name or several; 5-fold and each-subject stand for all of theirs. */
  splits: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  rates: z.array(rate).min(1).max(16).optional(),
  /** Chooses one of the recipes for each split, on validation sequences of its training part. */
  search: z
    .strictObject({
      eta: z.int().min(2).max(10).default(3),
      /** Epochs of the first rung. */
      least: z.int().min(1),
      /** The validation part of the training sequences. */
      part: z.int().min(1).max(VALIDATION_PARTS).default(1),
      /** Rates whose mean accuracy decides; all of the sweep without it. */
      rates: z.array(rate).min(1).max(16).optional(),
    })
    .optional(),
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
