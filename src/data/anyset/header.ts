import { strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { damaged } from '../../core/bytes.js';
import { checkShape, describeIssue } from '../../skeleton/check-shape.js';
import { type Layout, layoutSchema } from '../../skeleton/layouts/layout.js';
import { int, number, object } from '../../skeleton/shapes.js';
import { UNITS } from '../formats/recording.js';

/** No sequence is longer, and no set larger. */
const MAX_FRAMES = 1 << 20;
const MAX_PERSONS = 16;

const count = v.pipe(int, v.minValue(0));
const text = v.string();
/** What a class, a subject or a split is called. */
const name = v.pipe(text, v.maxLength(1000));

/** When the frames of a recording were: at equal distances, or each one's distance from the one before, in microseconds. */
const timeSchema = v.union([
  object({ start: number, step: v.pipe(number, v.minValue(0)) }),
  object({ start: number, microseconds: v.array(count) }),
]);

export type StoredTimes = v.InferOutput<typeof timeSchema>;

/** The name of a built-in layout, or another layout whole. */
const describedLayout: v.GenericSchema<unknown, string | Layout> = v.union([text, layoutSchema]);

const headerSchema = object({
  name: text,
  title: text,
  licence: text,
  citation: text,
  note: text,
  layout: describedLayout,
  persons: v.pipe(int, v.minValue(1), v.maxValue(MAX_PERSONS)),
  unit: v.picklist(UNITS),
  /** Size of the smallest difference between two positions, in the unit. */
  step: v.pipe(number, v.gtValue(0)),
  classes: v.pipe(v.array(name), v.minLength(1)),
  /** One array per property, all of the same length. */
  samples: object({
    id: v.pipe(v.array(text), v.minLength(1)),
    label: v.array(count),
    subject: v.array(name),
    frames: v.array(v.pipe(int, v.minValue(1), v.maxValue(MAX_FRAMES))),
    recordedFrames: v.array(v.pipe(int, v.minValue(1))),
    /** Lost joints, as lost.ts writes them; absent where no recording has any. */
    lost: v.optional(v.array(v.array(count))),
    /** Time stamps, null of a recording without; absent where no recording has any. */
    seconds: v.optional(v.array(v.nullable(timeSchema))),
  }),
  splits: v.array(
    object({
      name,
      description: text,
      train: v.array(count),
      test: v.array(count),
      apart: v.optional(v.picklist(['subjects', 'sittings', 'nothing'])),
    }),
  ),
  skipped: v.array(object({ id: text, reason: text })),
  /** Absent where positions have depth, as nearly all have. */
  dimensions: v.optional(v.literal(2)),
  /** Classes that mean nothing; absent where there are none. */
  nothing: v.optional(v.array(text)),
  /** Subjects are groups of recordings, and no people; absent where they are people. */
  performers: v.optional(v.literal('unknown')),
  /** Of a packed file, the recordings whose positions are float32. */
  wide: v.optional(v.array(count)),
});

/** Everything of a data set but its positions. */
export type AnysetHeader = v.InferOutput<typeof headerSchema>;

export function encodeHeader(header: AnysetHeader): Uint8Array {
  return strToU8(JSON.stringify(header));
}

export function decodeHeader(bytes: Uint8Array, source: string): AnysetHeader {
  const json = parseJson(bytes, source);
  const parsed = checkShape(headerSchema, json);
  if (!parsed.success) {
    const { place, expected, found } = describeIssue(parsed.issues[0]);
    throw damaged(source, `header, ${place}`, expected, found);
  }
  checkReferences(parsed.data, source);
  return parsed.data;
}

function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    throw damaged(source, 'header', 'JSON', 'something else');
  }
}

/**
 * Labels name classes, splits name samples, each on one side and once, and the columns of samples are equally long.
 */
function checkReferences({ samples, classes, splits, nothing = [], wide = [] }: AnysetHeader, source: string): void {
  const size = samples.id.length;
  for (const [property, column] of Object.entries(samples)) {
    if (column !== undefined && column.length !== size)
      throw damaged(source, `samples.${property}`, `${size} values`, `${column.length}`);
  }
  checkOnce(classes, source, 'classes');
  const unknown = nothing.find((name) => !classes.includes(name));
  if (unknown !== undefined) throw damaged(source, 'nothing', 'names of classes', `"${unknown}"`);
  checkBelow(samples.label, classes.length, source, 'samples.label');
  checkBelow(wide, size, source, 'wide');
  for (const { name, train, test } of splits) {
    checkBelow(train, size, source, `split ${name}, train`);
    checkBelow(test, size, source, `split ${name}, test`);
    checkOnce([...train, ...test], source, `split ${name}`);
  }
}

function checkBelow(indices: readonly number[], bound: number, source: string, place: string): void {
  const outside = indices.find((index) => index >= bound);
  if (outside !== undefined) throw damaged(source, place, `numbers below ${bound}`, `${outside}`);
}

function checkOnce(list: readonly (string | number)[], source: string, place: string): void {
  const seen = new Set<string | number>();
  for (const one of list) {
    if (seen.has(one)) throw damaged(source, place, 'each once', `${one} again`);
    seen.add(one);
  }
}
