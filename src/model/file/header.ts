import * as z from 'zod/mini';
import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import {
  MOST_ACCURACIES,
  MOST_CLASSES,
  MOST_FRAMES_A_SECOND,
  MOST_KNOTS,
  MOST_NAME,
  MOST_PERSONS,
  MOST_RATES,
  MOST_SECONDS,
  MOST_SHARES,
  MOST_TEMPERATURES,
  MOST_WEIGHTS,
} from '../../runtime/file/limits.js';
import { MAX_CODE, type Precision } from '../../runtime/file/precision.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { checkShape, describeIssue, valueAt, wordsOf } from '../../skeleton/check-shape.js';
import { type DescribedLayout, isSame } from '../../skeleton/layouts/described.js';
import { findLayoutFault, type Layout, layoutSchema, skeletonSchema } from '../../skeleton/layouts/layout.js';
import { checkLayout, layouts } from '../../skeleton/layouts/layouts.js';
import { findPreprocessingFault, preprocessingSchema } from '../../skeleton/schemas.js';
import type { Model, ModelDescription } from '../model.js';
import { findNetworkFault } from '../network.js';
import { networkSchema } from '../network-schema.js';
import { headerOf } from './write-model.js';

const text = z.string().check(z.maxLength(MOST_NAME));
const share = z.number().check(z.minimum(0), z.maximum(1));
const rate = z.number().check(z.minimum(0), z.lt(1));
const count = z.int().check(z.minimum(0));

const accuracySchema = z
  .strictObject({
    part: z.enum(['test', 'validation']),
    split: text,
    sequences: count,
    rates: z.array(rate).check(z.maxLength(MOST_RATES)),
    accuracies: z.array(share).check(z.maxLength(MOST_RATES)),
  })
  .check(z.refine(({ rates, accuracies }) => rates.length === accuracies.length, 'expected one accuracy per rate'));

const partners = z.array(count);

const perShare = (value: z.ZodMiniNumber) => z.array(value).check(z.minLength(1), z.maxLength(MOST_SHARES));

const rejectionSchema = z
  .strictObject({
    means: z.optional(z.array(z.array(z.number())).check(z.minLength(1))),
    refused: perShare(share),
    thresholds: z.array(perShare(z.number())).check(z.minLength(1), z.maxLength(64)),
    share: z.optional(share),
    alarms: z.optional(perShare(z.number().check(z.minimum(0)))),
  })
  .check(
    z.refine(
      ({ refused, thresholds, alarms = refused }) =>
        [alarms, ...thresholds].every(({ length }) => length === refused.length),
      'expected one value a share',
    ),
  );

const cutoff = z.number().check(z.minimum(0), z.maximum(MOST_FRAMES_A_SECOND));
const seconds = z.number().check(z.minimum(0), z.maximum(MOST_SECONDS));

/** What a recipe may say of its stream, too: the rest is seen in the recordings. */
export const statedStreamSchema = z.strictObject({
  /** The window that is classified at once. */
  seconds: z.optional(z.number().check(z.positive(), z.maximum(MOST_SECONDS))),
  framesPerSecond: z.optional(z.number().check(z.positive(), z.maximum(MOST_FRAMES_A_SECOND))),
  /** Share of the past in the scores, from one step to the next. */
  smoothing: z.optional(z.number().check(z.minimum(0), z.maximum(0.999))),
  /** When movements begin and end. */
  spotting: z.optional(
    z.partial(
      z.strictObject({ enter: share, leave: share, shortest: seconds, longest: seconds, rest: seconds, lag: seconds }),
    ),
  ),
});

/** What a stream should know of the recordings that trained the network. */
const streamSchema = z.extend(statedStreamSchema, {
  /** The partner of each joint, and of each class where left and right are classes. */
  mirror: z.optional(z.strictObject({ joints: partners, classes: z.optional(partners) })),
  /** Classes that mean nothing. */
  nothing: z.optional(z.array(text)),
  /** Which answers are too unsure to count. */
  rejection: z.optional(rejectionSchema),
  /** How landmarks are smoothed: those of the training were. */
  oneEuro: z.optional(z.strictObject({ minCutoff: cutoff, beta: cutoff, derivativeCutoff: cutoff })),
});

/** What a file tells of a model beside its numbers. */
const descriptionSchema = z.strictObject({
  /** With `mirror`, a layout that is not built in. */
  layout: z.extend(skeletonSchema, { mirror: z.optional(layoutSchema.shape.mirror) }),
  persons: z.int().check(z.minimum(1), z.maximum(MOST_PERSONS)),
  classes: z.array(text).check(z.minLength(1), z.maxLength(MOST_CLASSES)),
  preprocessing: preprocessingSchema,
  layers: networkSchema,
  provenance: z.strictObject({
    dataset: text,
    split: text,
    recipe: text,
    seed: z.int(),
    trainedRates: z.array(rate).check(z.maxLength(16)),
    version: text,
    imported: z.optional(z.literal(true)),
    accuracy: z.optional(z.array(accuracySchema).check(z.maxLength(MOST_ACCURACIES))),
  }),
  /** Of the softmax, at the knots of a curve of its own. */
  temperatures: z.optional(
    z.array(z.number().check(z.positive())).check(z.minLength(1), z.maxLength(MOST_TEMPERATURES)),
  ),
  stream: z.optional(streamSchema),
});

const headerSchema = z.extend(descriptionSchema, {
  /** Knots of all curves over the rate. */
  knots: z.int().check(z.minimum(1), z.maximum(MOST_KNOTS)),
  /** s of each weight tensor. */
  scales: z.array(z.number().check(z.positive())),
  precision: z.enum(Object.keys(MAX_CODE) as Precision[]),
  /** Magnitude of code 1 in int8. */
  step: z.number().check(z.positive()),
  nonzeros: count.check(z.maximum(MOST_WEIGHTS)),
  /** The least pruning rate that the file holds; left out where it follows from the non-zeros. */
  rate: z.optional(rate),
});

/** The JSON header of an .anyrate file. */
export type ModelHeader = z.output<typeof headerSchema>;

/** What a header tells of a model, checked and resolved. */
export interface OpenedModelHeader {
  readonly header: ModelHeader;
  readonly description: ModelDescription;
}

/**
 * The header of a model, its keys in the order of files.
 * @throws InputError on a layout that no file could be read with
 */
export function checkedHeader(model: Model): ModelHeader {
  const { layout } = model.description;
  checkLayout(layout, `layout ${layout.name}`);
  return headerSchema.parse(headerOf(model));
}

/** Checks a header against what it describes. */
export function openModelHeader(json: unknown, source: string): OpenedModelHeader {
  const header = parse(headerSchema, json, source, 'header');
  const { knots: _k, scales: _s, precision: _p, step: _q, rate: _r, nonzeros: _n, ...facts } = header;
  return { header, description: resolve(facts, source, 'header') };
}

/** Checks what a file tells of a model beside its numbers, and resolves it; `place` is where it is in there. */
export function openDescription(json: unknown, source: string, place: string): ModelDescription {
  return resolve(parse(descriptionSchema, json, source, place), source, place);
}

function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  json: unknown,
  source: string,
  place: string,
): z.output<Schema> {
  const parsed = checkShape(schema, json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = `${place}, ${issue.path.join('.') || 'top'}`;
  const { expected, found } = describeIssue(issue, json);
  if (!isUnknown(issue, json)) throw damaged(source, at, expected, found);
  const mend = 'The file may come from a newer version of anyrate: update anyrate.';
  throw new InputError({ source, place: at, expected, found, mend });
}

/** A word or key that this anyrate does not know, where others are expected: a later one may have it. */
function isUnknown(issue: z.core.$ZodIssue, json: unknown): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  return wordsOf(issue) !== undefined && typeof valueAt(json, issue.path) === 'string';
}

function resolve(
  { layout: named, ...facts }: z.output<typeof descriptionSchema>,
  source: string,
  place: string,
): ModelDescription {
  const layout = layoutOf(named, source, place);
  const fault = findPreprocessingFault(facts.preprocessing, layout);
  if (fault !== undefined) throw damaged(source, `${place}, ${fault.place}`, fault.expected, fault.found);
  const uneven = findNetworkFault(facts.layers, new Pipeline(facts.preprocessing, layout, facts.persons).input);
  if (uneven !== undefined) throw damaged(source, `${place}, layers${uneven.place}`, uneven.expected, uneven.found);
  const { means } = facts.stream?.rejection ?? {};
  const count = facts.classes.length;
  if (means !== undefined && [means, ...means].some(({ length }) => length !== count)) {
    throw damaged(
      source,
      `${place}, stream.rejection.means`,
      `${count} numbers for each of ${count} classes`,
      'others',
    );
  }
  return { ...facts, layout };
}

/** The layout that a file describes: the known one of its name, or its own, which without `mirror` has no sides. */
function layoutOf(described: DescribedLayout, source: string, place: string): Layout {
  const known = layouts.find(({ name }) => name === described.name);
  const mirror = described.mirror ?? known?.mirror ?? described.joints.map((_, joint) => joint);
  const layout = { ...described, mirror };
  const fault = findLayoutFault(layout);
  if (fault !== undefined) throw damaged(source, `${place}, layout.${fault.place}`, fault.expected, fault.found);
  if (known === undefined) return layout;
  if (isSame(known, layout)) return known;
  throw damaged(source, `${place}, layout`, `the joints, bones and anchors of ${known.name}`, 'others');
}
