/**
 * dataset.json: what cannot be seen in the files of a folder. Every key is optional; `anyrate data init` writes a first one.
 */
import * as v from 'valibot';
import { InputError } from '../../core/errors.js';
import { int, number, strictObject } from '../../skeleton/shapes.js';
import type { RecordingFile } from '../formats/format.js';
import { UNITS } from '../formats/recording.js';
import { readText } from '../formats/text.js';
import { parseWith } from '../parse-with.js';
import { DESCRIPTION_FILE } from './file-names.js';
import { parseTable, type Table } from './table.js';

/** The longest name of a class, a subject or a joint. */
export const MOST_NAME = 200;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_NAME));
const names = v.array(name);

/** Where a fact about a recording is written: a level of folders, a part of the path, or a table. */
const placeSchema = v.union(
  [
    /** 1 is the folder inside the data set's, 2 the one in it; negative levels count from the file upwards. */
    strictObject({ folder: v.pipe(int, v.minValue(-20), v.maxValue(20)) }),
    /** A regular expression (RE2) over the path inside the folder whose first group is the fact. */
    strictObject({ pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }),
    /** A table (CSV or TSV) with a column `file` and one with the fact. */
    strictObject({ table: name, column: v.optional(name) }),
  ],
  'a place: {"folder": 2}, {"pattern": "..."} or {"table": "..."}',
);

/** A layout written out. */
const layoutSchema = strictObject({
  name,
  /** Each joint with the one that it hangs from; null for the root. */
  joints: v.pipe(v.array(v.strictTuple([name, v.nullable(name)])), v.minLength(1), v.maxLength(1000)),
  /** What mirrors what; a joint that is in no pair is its own mirror image. */
  mirror: v.optional(v.array(v.strictTuple([name, name])), []),
  /** Joints whose mean is the origin (root), the end of the up axis (top), and the two ends of the side axis. */
  anchors: strictObject({
    root: v.pipe(names, v.minLength(1)),
    top: v.pipe(names, v.minLength(1)),
    left: v.pipe(names, v.minLength(1)),
    right: v.pipe(names, v.minLength(1)),
  }),
});

const splitSchema = strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100), v.regex(/^[\w-]+$/, 'letters, digits, _ and -')),
  /** Whose recordings test; the others train. */
  test: v.union(
    [
      strictObject({ subjects: v.pipe(names, v.minLength(1)) }),
      strictObject({ recordings: v.pipe(names, v.minLength(1)) }),
    ],
    '{"subjects": [...]} or {"recordings": [...]}',
  ),
});

export const descriptionSchema = strictObject({
  name: v.optional(name),
  title: v.optional(name),
  licence: v.optional(name),
  citation: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  /** A built-in layout by its name, or one of your own. */
  layout: v.optional(v.union([name, layoutSchema], 'the name of a layout, or one written out')),
  /** Persons (or hands) of a recording; by default the most that any recording has. */
  persons: v.optional(v.pipe(int, v.minValue(1), v.maxValue(16))),
  unit: v.optional(v.picklist(UNITS)),
  framesPerSecond: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(10000))),
  /** Width by height of the picture, where x and y are shares of it. */
  aspect: v.optional(v.pipe(number, v.gtValue(0), v.maxValue(100))),
  /** Recorded from a mirrored picture, as selfie cameras show it. */
  mirrored: v.optional(v.boolean(), false),
  /** Joints at exactly (0, 0, 0) are lost. */
  zeroIsLost: v.optional(v.boolean()),
  /** Classes in the order of the network's outputs; by default the names that are found, sorted. */
  classes: v.optional(
    v.pipe(
      names,
      v.minLength(2),
      v.maxLength(10000),
      v.check((list) => new Set(list).size === list.length, 'every class once'),
    ),
  ),
  /** Where the class is written; by default the first level of folders. */
  class: v.optional(placeSchema),
  /** Classes that mean nothing; by default those called background, nothing or rest. */
  nothing: v.optional(names),
  /** Who performs. */
  subject: v.optional(placeSchema),
  /** Recordings that were made at one go. */
  sitting: v.optional(placeSchema),
  /**
   * A table of segments of long recordings: columns `file`, `start`, `end`, `class`, and `subject` if you like; and the
   * class of what lies between them, if that is of use.
   */
  segments: v.optional(
    strictObject({ table: name, unit: v.picklist(['frames', 'seconds']), between: v.optional(name) }),
  ),
  /** Files that are no recordings, as patterns of paths in which * stands for anything. */
  leaveOut: v.optional(names, []),
  splits: v.optional(v.array(splitSchema), []),
});

export type Description = v.InferOutput<typeof descriptionSchema>;
export type LayoutDescription = v.InferOutput<typeof layoutSchema>;
export type Place = v.InferOutput<typeof placeSchema>;

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
