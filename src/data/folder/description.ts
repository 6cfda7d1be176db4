/**
 * dataset.json: what cannot be seen in the files of a folder. Every key is optional; `anyrate data init` writes a first one.
 */
import * as z from 'zod/mini';
import { InputError } from '../../core/errors.js';
import type { RecordingFile } from '../formats/format.js';
import { UNITS } from '../formats/recording.js';
import { readText } from '../formats/text.js';
import { parseWith } from '../parse-with.js';
import { DESCRIPTION_FILE } from './file-names.js';
import { parseTable, type Table } from './table.js';

/** The longest name of a class, a subject or a joint. */
export const MOST_NAME = 200;

const name = z.string().check(z.minLength(1), z.maxLength(MOST_NAME));
const names = z.array(name);

/** Where a fact about a recording is written: a level of folders, a part of the path, or a table. */
const placeSchema = z.union(
  [
    /** 1 is the folder inside the data set's, 2 the one in it; negative levels count from the file upwards. */
    z.strictObject({ folder: z.int().check(z.minimum(-20), z.maximum(20)) }),
    /** A regular expression (RE2) over the path inside the folder whose first group is the fact. */
    z.strictObject({ pattern: z.string().check(z.minLength(1), z.maxLength(500)) }),
    /** A table (CSV or TSV) with a column `file` and one with the fact. */
    z.strictObject({ table: name, column: z.optional(name) }),
  ],
  'a place: {"folder": 2}, {"pattern": "..."} or {"table": "..."}',
);

/** A layout written out. */
const layoutSchema = z.strictObject({
  name,
  /** Each joint with the one that it hangs from; null for the root. */
  joints: z.array(z.tuple([name, z.nullable(name)])).check(z.minLength(1), z.maxLength(1000)),
  /** What mirrors what; a joint that is in no pair is its own mirror image. */
  mirror: z._default(z.array(z.tuple([name, name])), []),
  /** Joints whose mean is the origin (root), the end of the up axis (top), and the two ends of the side axis. */
  anchors: z.strictObject({
    root: names.check(z.minLength(1)),
    top: names.check(z.minLength(1)),
    left: names.check(z.minLength(1)),
    right: names.check(z.minLength(1)),
  }),
});

const splitSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[\w-]+$/, 'letters, digits, _ and -')),
  /** Whose recordings test; the others train. */
  test: z.union(
    [
      z.strictObject({ subjects: names.check(z.minLength(1)) }),
      z.strictObject({ recordings: names.check(z.minLength(1)) }),
    ],
    '{"subjects": [...]} or {"recordings": [...]}',
  ),
});

export const descriptionSchema = z.strictObject({
  name: z.optional(name),
  title: z.optional(name),
  licence: z.optional(name),
  citation: z.optional(z.string().check(z.maxLength(2000))),
  /** A built-in layout by its name, or one of your own. */
  layout: z.optional(z.union([name, layoutSchema], 'the name of a layout, or one written out')),
  /** Persons (or hands) of a recording; by default the most that any recording has. */
  persons: z.optional(z.int().check(z.minimum(1), z.maximum(16))),
  unit: z.optional(z.enum(UNITS)),
  framesPerSecond: z.optional(z.number().check(z.positive(), z.maximum(10000))),
  /** Width by height of the picture, where x and y are shares of it. */
  aspect: z.optional(z.number().check(z.positive(), z.maximum(100))),
  /** Recorded from a mirrored picture, as selfie cameras show it. */
  mirrored: z._default(z.boolean(), false),
  /** Joints at exactly (0, 0, 0) are lost. */
  zeroIsLost: z.optional(z.boolean()),
  /** Classes in the order of the network's outputs; by default the names that are found, sorted. */
  classes: z.optional(
    names.check(
      z.minLength(2),
      z.maxLength(10000),
      z.refine((list) => new Set(list).size === list.length, 'every class once'),
    ),
  ),
  /** Where the class is written; by default the first level of folders. */
  class: z.optional(placeSchema),
  /** Classes that mean nothing; by default those called background, nothing or rest. */
  nothing: z.optional(names),
  /** Who performs. */
  subject: z.optional(placeSchema),
  /** Recordings that were made at one go. */
  sitting: z.optional(placeSchema),
  /**
   * A table of segments of long recordings: columns `file`, `start`, `end`, `class`, and `subject` if you like; and the
   * class of what lies between them, if that is of use.
   */
  segments: z.optional(z.strictObject({ table: name, unit: z.enum(['frames', 'seconds']), between: z.optional(name) })),
  /** Files that are no recordings, as patterns of paths in which * stands for anything. */
  leaveOut: z._default(names, []),
  splits: z._default(z.array(splitSchema), []),
});

export type Description = z.output<typeof descriptionSchema>;
export type LayoutDescription = z.output<typeof layoutSchema>;
export type Place = z.output<typeof placeSchema>;

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
