/**
 * dataset.json: what cannot be seen in the files of a folder. Every key is optional; `anyrate data init` writes a first one.
 */
import { z } from 'zod';
import { InputError } from '../../core/errors.js';
import type { RecordingFile } from '../formats/format.js';
import { UNITS } from '../formats/recording.js';
import { readText } from '../formats/text.js';
import { parseWith } from '../parse-with.js';
import { parseTable, type Table } from './table.js';

/** The longest name of a class, a subject or a joint. */
export const MOST_NAME = 200;

const name = z.string().min(1).max(MOST_NAME);
const names = z.array(name);

/** Where a fact about a recording is written: a level of folders, a part of the path, or a table. */
const placeSchema = z.union(
  [
    /** 1 is the folder inside the data set's, 2 the one in it; negative levels count from the file upwards. */
    z.strictObject({ folder: z.int().min(-20).max(20) }),
    /** A regular expression (RE2) over the path inside the folder whose first group is the fact. */
    z.strictObject({ pattern: z.string().min(1).max(500) }),
    /** A table (CSV or TSV) with a column `file` and one with the fact. */
    z.strictObject({ table: name, column: name.optional() }),
  ],
  'a place: {"folder": 2}, {"pattern": "..."} or {"table": "..."}',
);

/** A layout written out. */
const layoutSchema = z.strictObject({
  name,
  /** Each joint with the one that it hangs from; null for the root. */
  joints: z
    .array(z.tuple([name, name.nullable()]))
    .min(1)
    .max(1000),
  /** What mirrors what; a joint that is in no pair is its own mirror image. */
  mirror: z.array(z.tuple([name, name])).default([]),
  /** Joints whose mean is the origin (root), the end of the up axis (top), and the two ends of the side axis. */
  anchors: z.strictObject({ root: names.min(1), top: names.min(1), left: names.min(1), right: names.min(1) }),
});

const splitSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\w-]+$/, 'letters, digits, _ and -'),
  /** Whose recordings test; the others train. */
  test: z.union(
    [z.strictObject({ subjects: names.min(1) }), z.strictObject({ recordings: names.min(1) })],
    '{"subjects": [...]} or {"recordings": [...]}',
  ),
});

export const descriptionSchema = z.strictObject({
  name: name.optional(),
  title: name.optional(),
  licence: name.optional(),
  citation: z.string().max(2000).optional(),
  /** A built-in layout by its name, or one of your own. */
  layout: z.union([name, layoutSchema], 'the name of a layout, or one written out').optional(),
  /** Persons (or hands) of a recording; by default the most that any recording has. */
  persons: z.int().min(1).max(16).optional(),
  unit: z.enum(UNITS).optional(),
  framesPerSecond: z.number().positive().max(10000).optional(),
  /** Width by height of the picture, where x and y are shares of it. */
  aspect: z.number().positive().max(100).optional(),
  /** Recorded from a mirrored picture, as selfie cameras show it. */
  mirrored: z.boolean().default(false),
  /** Joints at exactly (0, 0, 0) are lost. */
  zeroIsLost: z.boolean().optional(),
  /** Classes in the order of the network's outputs; by default the names that are found, sorted. */
  classes: names
    .min(2)
    .max(10000)
    .refine((list) => new Set(list).size === list.length, 'every class once')
    .optional(),
  /** Where the class is written; by default the first level of folders. */
  class: placeSchema.optional(),
  /** Classes that mean nothing; by default those called background, nothing or rest. */
  nothing: names.optional(),
  /** Who performs. */
  subject: placeSchema.optional(),
  /** Recordings that were made at one go. */
  sitting: placeSchema.optional(),
  /**
   * A table of segments of long recordings: columns `file`, `start`, `end`, `class`, and `subject` if you like; and the
   * class of what lies between them, if that is of use.
   */
  segments: z.strictObject({ table: name, unit: z.enum(['frames', 'seconds']), between: name.optional() }).optional(),
  /** Files that are no recordings, as patterns of paths in which * stands for anything. */
  leaveOut: names.default([]),
  splits: z.array(splitSchema).default([]),
});

export type Description = z.output<typeof descriptionSchema>;
export type LayoutDescription = z.output<typeof layoutSchema>;
export type Place = z.output<typeof placeSchema>;

/** The name of the file that describes a folder. */
export const DESCRIPTION_FILE = 'dataset.json';

/** What describes a folder: dataset.json with its defaults, and the tables that it names. */
export interface FolderDescription {
  readonly description: Description;
  readonly tables: Readonly<Record<string, Table>>;
}

/**
 * Reads dataset.json and its tables; without one, all defaults.
 * @throws InputError that names the key, or the table that is not there
 */
export async function readDescription(files: readonly RecordingFile[], source: string): Promise<FolderDescription> {
  const file = files.find(({ path }) => path === DESCRIPTION_FILE);
  const where = `${source}/${DESCRIPTION_FILE}`;
  const description = parseDescription(file === undefined ? '{}' : await readText(file), where);
  const { segments, subject, sitting } = description;
  const named = [segments, subject, sitting, description.class].flatMap((place) =>
    place && 'table' in place ? [place.table] : [],
  );
  const tables: Record<string, Table> = {};
  for (const name of named) tables[name] = await readTable(files, name, where);
  return { description, tables };
}

/** @throws InputError that names the key */
export function parseDescription(text: string, source: string): Description {
  return parseWith(descriptionSchema, parseJson(text, source), source, 'See docs/data.md.');
}

async function readTable(files: readonly RecordingFile[], name: string, where: string): Promise<Table> {
  const file = files.find(({ path }) => path === name);
  if (file !== undefined) return parseTable(await readText(file), name);
  throw new InputError({
    source: where,
    place: 'table',
    expected: 'a table inside the folder',
    found: `"${name}", which is not there`,
    mend: 'Give its path relative to the folder.',
  });
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({
      source,
      expected: 'JSON',
      found,
      mend: 'Fix it, or delete it and write a new one with "anyrate data init".',
    });
  }
}
