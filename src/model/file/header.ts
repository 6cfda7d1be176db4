import * as v from 'valibot';
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
import { checkShape, describeIssue, type Issue, partAt, wordsOf } from '../../skeleton/check-shape.js';
import { type DescribedLayout, isSame } from '../../skeleton/layouts/described.js';
import { findLayoutFault, type Layout, layoutSchema, skeletonSchema } from '../../skeleton/layouts/layout.js';
import { checkLayout, layouts } from '../../skeleton/layouts/layouts.js';
import { findPreprocessingFault, preprocessingSchema } from '../../skeleton/schemas.js';
import { extend, int, number, strictObject } from '../../skeleton/shapes.js';
import type { Model, ModelDescription } from '../model.js';
import { findNetworkFault } from '../network-outline.js';
import { networkSchema } from '../network-schema.js';
import { headerOf } from './write-model.js';

const text = v.pipe(v.string(), v.maxLength(MOST_NAME));
const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const rate = v.pipe(number, v.minValue(0), v.ltValue(1));
const count = v.pipe(int, v.minValue(0));

const accuracySchema = v.pipe(
  strictObject({
    part: v.picklist(['test', 'validation']),
    split: text,
    sequences: count,
    rates: v.pipe(v.array(rate), v.maxLength(MOST_RATES)),
    accuracies: v.pipe(v.array(share), v.maxLength(MOST_RATES)),
  }),
  v.check(({ rates, accuracies }) => rates.length === accuracies.length, 'expected one accuracy per rate'),
);

const partners = v.array(count);

const perShare = (value: v.GenericSchema<number>) => v.pipe(v.array(value), v.minLength(1), v.maxLength(MOST_SHARES));

const rejectionSchema = v.pipe(
  strictObject({
    means: v.optional(v.pipe(v.array(v.array(number)), v.minLength(1))),
    refused: perShare(share),
    thresholds: v.pipe(v.array(perShare(number)), v.minLength(1), v.maxLength(64)),
    share: v.optional(share),
    alarms: v.optional(perShare(v.pipe(number, v.minValue(0)))),
  }),
  v.check(
    ({ refused, thresholds, alarms = refused }) =>
      [alarms, ...thresholds].every(({ length }) => length === refused.length),
    'expected one value a share',
  ),
);

const cutoff = v.pipe(number, v.minValue(0), v.maxValue(MOST_FRAMES_A_SECOND));
const seconds = v.pipe(number, v.minValue(0), v.maxValue(MOST_SECONDS));

/** What a recipe may say of its stream, too: the rest is seen in the recordings. */
export const statedStreamSchema = strictObject({
  /** The window that is classified at once. */
  seconds: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(MOST_SECONDS))),
  framesPerSecond: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(MOST_FRAMES_A_SECOND))),
  /** Share of the past in the scores, from one step to the next. */
  smoothing: v.optional(v.pipe(number, v.minValue(0), v.maxValue(0.999))),
  /** When movements begin and end. */
  spotting: v.optional(
    strictObject({
      enter: v.optional(share),
      leave: v.optional(share),
      shortest: v.optional(seconds),
      longest: v.optional(seconds),
      rest: v.optional(seconds),
      lag: v.optional(seconds),
    }),
  ),
});

/** What a stream should know of the recordings that trained the network. */
const streamSchema = extend(statedStreamSchema, {
  /** The partner of each joint, and of each class where left and right are classes. */
  mirror: v.optional(strictObject({ joints: partners, classes: v.optional(partners) })),
  /** Classes that mean nothing. */
  nothing: v.optional(v.array(text)),
  /** Which answers are too unsure to count. */
  rejection: v.optional(rejectionSchema),
  /** How landmarks are smoothed: those of the training were. */
  oneEuro: v.optional(strictObject({ minCutoff: cutoff, beta: cutoff, derivativeCutoff: cutoff })),
});

/** What a file tells of a model beside its numbers. */
const descriptionSchema = strictObject({
  /** With `mirror`, a layout that is not built in. */
  layout: extend(skeletonSchema, { mirror: v.optional(layoutSchema.entries.mirror) }),
  persons: v.pipe(int, v.minValue(1), v.maxValue(MOST_PERSONS)),
  classes: v.pipe(v.array(text), v.minLength(1), v.maxLength(MOST_CLASSES)),
  preprocessing: preprocessingSchema,
  layers: networkSchema,
  provenance: strictObject({
    dataset: text,
    split: text,
    recipe: text,
    seed: int,
    trainedRates: v.pipe(v.array(rate), v.maxLength(16)),
    version: text,
    imported: v.optional(v.literal(true)),
    accuracy: v.optional(v.pipe(v.array(accuracySchema), v.maxLength(MOST_ACCURACIES))),
  }),
  /** Of the softmax, at the knots of a curve of its own. */
  temperatures: v.optional(
    v.pipe(v.array(v.pipe(number, v.gtValue(0))), v.minLength(1), v.maxLength(MOST_TEMPERATURES)),
  ),
  stream: v.optional(streamSchema),
});

const headerSchema = extend(descriptionSchema, {
  /** Knots of all curves over the rate. */
  knots: v.pipe(int, v.minValue(1), v.maxValue(MOST_KNOTS)),
  /** s of each weight tensor. */
  scales: v.array(v.pipe(number, v.gtValue(0))),
  precision: v.picklist(Object.keys(MAX_CODE) as Precision[]),
  /** Magnitude of code 1 in int8. */
  step: v.pipe(number, v.gtValue(0)),
  nonzeros: v.pipe(count, v.maxValue(MOST_WEIGHTS)),
  /** The least pruning rate that the file holds; left out where it follows from the non-zeros. */
  rate: v.optional(rate),
});

/** The JSON header of an .anyrate file. */
export type ModelHeader = v.InferOutput<typeof headerSchema>;

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
  return v.parse(headerSchema, headerOf(model));
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

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  source: string,
  place: string,
): v.InferOutput<Schema> {
  const parsed = checkShape(schema, json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.issues;
  const { place: inside, expected, found } = describeIssue(issue);
  const at = `${place}, ${inside}`;
  if (!isUnknown(issue)) throw damaged(source, at, expected, found);
  const mend = 'The file may come from a newer version of anyrate: update anyrate.';
  throw new InputError({ source, place: at, expected, found, mend });
}

/** A word or key that this anyrate does not know, where others are expected: a later one may have it. */
function isUnknown(issue: Issue): boolean {
  if (issue.unknownKey !== undefined) return true;
  return wordsOf(issue) !== undefined && typeof partAt(issue) === 'string';
}

function resolve(
  { layout: named, ...facts }: v.InferOutput<typeof descriptionSchema>,
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
