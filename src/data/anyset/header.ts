import { strFromU8, strToU8 } from 'fflate';
import * as z from 'zod/mini';
import { damaged } from '../../core/bytes.js';
import { checkShape, describeIssue } from '../../skeleton/check-shape.js';
import { type Layout, layoutSchema } from '../../skeleton/layouts/layout.js';
import { UNITS } from '../formats/recording.js';

/** No sequence is longer, and no set larger. */
const MAX_FRAMES = 1 << 20;
const MAX_PERSONS = 16;

const count = z.number().check(z.int(), z.nonnegative());
const text = z.string();
/** What a class, a subject or a split is called. */
const name = text.check(z.maxLength(1000));

/** When the frames of a recording were: at equal distances, or each one's distance from the one before, in microseconds. */
const timeSchema = z.union([
  z.object({ start: z.number(), step: z.number().check(z.nonnegative()) }),
  z.object({ start: z.number(), microseconds: z.array(count) }),
]);

export type StoredTimes = z.infer<typeof timeSchema>;

/** The name of a built-in layout, or another layout whole. */
const describedLayout: z.ZodMiniType<string | Layout> = z.union([text, layoutSchema]);

const headerSchema = z.object({
  name: text,
  title: text,
  licence: text,
  citation: text,
  note: text,
  layout: describedLayout,
  persons: z.number().check(z.int(), z.minimum(1), z.maximum(MAX_PERSONS)),
  unit: z.enum(UNITS),
  /** Size of the smallest difference between two positions, in the unit. */
  step: z.number().check(z.positive()),
  classes: z.array(name).check(z.minLength(1)),
  /** One array per property, all of the same length. */
  samples: z.object({
    id: z.array(text).check(z.minLength(1)),
    label: z.array(count),
    subject: z.array(name),
    frames: z.array(z.number().check(z.int(), z.minimum(1), z.maximum(MAX_FRAMES))),
    recordedFrames: z.array(z.number().check(z.int(), z.minimum(1))),
    /** Lost joints, as lost.ts writes them; absent where no recording has any. */
    lost: z.optional(z.array(z.array(count))),
    /** Time stamps, null of a recording without; absent where no recording has any. */
    seconds: z.optional(z.array(z.nullable(timeSchema))),
  }),
  splits: z.array(
    z.object({
      name,
      description: text,
      train: z.array(count),
      test: z.array(count),
      apart: z.optional(z.enum(['subjects', 'sittings', 'nothing'])),
    }),
  ),
  skipped: z.array(z.object({ id: text, reason: text })),
  /** Absent where positions have depth, as nearly all have. */
  dimensions: z.optional(z.literal(2)),
  /** Classes that mean nothing; absent where there are none. */
  nothing: z.optional(z.array(text)),
  /** Of a packed file, the recordings whose positions are float32. */
  wide: z.optional(z.array(count)),
});

/** Everything of a data set but its positions. */
export type AnysetHeader = z.infer<typeof headerSchema>;

export function encodeHeader(header: AnysetHeader): Uint8Array {
  return strToU8(JSON.stringify(header));
}

export function decodeHeader(bytes: Uint8Array, source: string): AnysetHeader {
  const json = parseJson(bytes, source);
  const parsed = checkShape(headerSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { expected, found } = describeIssue(issue, json);
    throw damaged(source, `header, ${issue.path.join('.') || 'top'}`, expected, found);
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
