/** A sweep with everything settled: what its folder keeps, and all that a machine must know to take part, but for the data. */
import * as v from 'valibot';
import { InputError } from '../../core/errors.js';
import { TRAINING_REVISION } from '../../core/version.js';
import type { Dataset } from '../../data/dataset.js';
import { parseWith } from '../../data/parse-with.js';
import { validationName } from '../../data/validation.js';
import { int, number, record, strictObject } from '../../skeleton/shapes.js';
import { trainableSplit } from '../../train/create-training.js';
import { checkRecipe } from '../../train/recipe/check-recipe.js';
import { parseRecipe } from '../../train/recipe/parse-recipe.js';
import { type ComparedData, comparedData } from '../compare/comparison.js';
import { methodNamed } from '../methods/methods.js';
import type { Variant } from './variants.js';

const count = v.pipe(int, v.minValue(0));
const rate = v.pipe(number, v.minValue(0), v.ltValue(1));
const searchSchema = strictObject({
  eta: v.pipe(int, v.minValue(2)),
  /** Epochs at the end of each rung; the last are those of the recipes. */
  rungs: v.pipe(v.array(v.pipe(int, v.minValue(1))), v.minLength(1)),
  part: v.pipe(int, v.minValue(1)),
  rates: v.pipe(v.array(rate), v.minLength(1)),
});

const planSchema = strictObject({
  format: v.literal(1),
  name: v.string(),
  /** The command that makes it, with stand-ins for paths. */
  command: v.string(),
  revision: count,
  data: strictObject({
    name: v.string(),
    classes: count,
    fingerprint: v.string(),
    /** Sequences of the splits and of their inner validation, and what is trained for each. */
    splits: record(v.string(), strictObject({ trained: v.string(), parts: v.string(), train: count, test: count })),
  }),
  methods: v.pipe(v.array(v.string()), v.minLength(1)),
  seeds: v.pipe(v.array(count), v.minLength(1)),
  splits: v.pipe(v.array(v.string()), v.minLength(1)),
  rates: v.pipe(v.array(rate), v.minLength(1)),
  variants: v.pipe(
    v.array(
      strictObject({
        name: v.string(),
        base: v.string(),
        settings: record(v.string(), v.union([number, v.string(), v.boolean()])),
        recipe: v.unknown(),
      }),
    ),
    v.minLength(1),
  ),
  search: v.optional(searchSchema),
});

export type Search = v.InferOutput<typeof searchSchema>;

export interface SweepPlan extends Omit<v.InferOutput<typeof planSchema>, 'variants'> {
  readonly variants: readonly Variant[];
}

/** What a sweep is planned from; splits and variants are settled. */
export interface PlanParts
  extends Pick<SweepPlan, 'name' | 'command' | 'methods' | 'seeds' | 'splits' | 'rates' | 'variants'> {
  readonly search?:
    | {
        readonly eta: number;
        readonly least: number;
        readonly part: number;
        readonly rates?: readonly number[] | undefined;
      }
    | undefined;
}

/** @throws InputError where recipes, methods, splits and data do not fit */
export function createPlan({ search, ...parts }: PlanParts, dataset: Dataset, source: string): SweepPlan {
  for (const { recipe } of parts.variants) checkRecipe(recipe, dataset);
  for (const method of parts.methods) methodNamed(method);
  checkNames(parts.variants, source);
  const validation = search === undefined ? [] : parts.splits.map((split) => validationName(split, search.part));
  const names = [...new Set([...parts.splits, ...validation])];
  const { name, classes, trainedFor } = comparedData(dataset);
  const splits = names.map((split) => {
    const { train, test } = trainableSplit(dataset, split);
    const { split: trained, facts } = trainedFor(split);
    return [split, { trained, parts: facts.parts, train: train.length, test: test.length }] as const;
  });
  const { fingerprint } = trainedFor(names[0]).facts;
  const plan = {
    format: 1 as const,
    ...parts,
    revision: TRAINING_REVISION,
    data: { name, classes, fingerprint, splits: Object.fromEntries(splits) },
    variants: parts.variants.map((variant) => ({ ...variant, recipe: { ...variant.recipe, data: name } })),
  };
  return search === undefined ? plan : { ...plan, search: planSearch(search, parts, source) };
}

function planSearch(
  { eta, least, part, rates }: NonNullable<PlanParts['search']>,
  plan: Omit<PlanParts, 'search'>,
  source: string,
): Search {
  const epochs = plan.variants[0].recipe.training.epochs;
  const place = 'search';
  const wrong = (expected: string, found: string, mend: string) =>
    new InputError({ source, place, expected, found, mend });
  if (plan.variants.some(({ recipe }) => recipe.training.epochs !== epochs))
    throw wrong('recipes with the same number of epochs', 'others', 'Set "epochs".');
  if (least > epochs) throw wrong(`a first rung of at most ${epochs} epochs`, String(least), 'Lower "least".');
  const { name, perRate, trainings } = methodNamed(plan.methods[0]);
  if (perRate || trainings !== undefined)
    throw wrong('a first method with one training for all rates', name, 'Put mrmp first in "methods".');
  const unknown = rates?.find((one) => !plan.rates.includes(one));
  if (unknown !== undefined) throw wrong('rates of the sweep', String(unknown), 'Add it to "rates".');
  const rungs = [];
  for (let rung = least; rung < epochs; rung *= eta) rungs.push(rung);
  return { eta, rungs: [...rungs, epochs], part, rates: [...(rates ?? plan.rates)] };
}

function checkNames(variants: readonly Variant[], source: string): void {
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  const mend = 'Leave out what is there twice, or draw fewer.';
  throw new InputError({ source, expected: 'recipes and settings that differ', found: `"${twice}" twice`, mend });
}

export function formatPlan(plan: SweepPlan): string {
  return `${JSON.stringify(plan, null, 1)}\n`;
}

/** Reads the plan of a folder. @throws InputError on anything else, and on one of another revision of trainings */
export function parsePlan(json: unknown, source: string): SweepPlan {
  const plan = parseWith(planSchema, json, source, 'Start the sweep anew with its file.');
  if (plan.revision !== TRAINING_REVISION) {
    throw new InputError({
      source,
      place: 'revision',
      expected: `a sweep of trainings of revision ${TRAINING_REVISION}`,
      found: `revision ${plan.revision}`,
      mend: 'Use the same version of anyrate on every machine; jobs are left to those that have it.',
    });
  }
  for (const method of plan.methods) methodNamed(method);
  const variants = plan.variants.map((variant) => ({ ...variant, recipe: parseRecipe(variant.recipe, source) }));
  return { ...plan, variants };
}

/** The data of a plan as comparisons know them. */
export function plannedData({ data }: SweepPlan): ComparedData {
  const { name, classes, fingerprint, splits } = data;
  return {
    name,
    classes,
    trainedFor: (split) => {
      const { trained, parts } = splits[split];
      return { split: trained, facts: { dataset: name, fingerprint, parts } };
    },
  };
}
