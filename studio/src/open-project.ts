// A project file is somebody's: every fact in it is checked before it is used, by its name.
import { checkLayout, InputError, type Layout, layoutNamed, type RecordingFile, readSequence } from 'anyrate/browser';
import type { Clip } from './clip.js';
import { EMPTY_PROJECT, PROJECT_FILE, PROJECT_VERSION, type Project, type ProjectData } from './project.js';

const MOST_CLIPS = 5000;
const MOST_NAME = 200;
const MOST_FILE_BYTES = 1 << 26;

/** A value of a JSON document, with its place for messages. */
interface Place {
  readonly value: unknown;
  readonly place: string;
}

/**
 * Reads a project out of the files of its archive.
 * @throws InputError that names the file, the place, what was expected and what was found
 */
export async function openProject(files: readonly RecordingFile[], source: string): Promise<ProjectData> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const document = await readDocument(byPath.get(PROJECT_FILE), source);
  const project = projectOf(document, source);
  const listed = listOf(at(document, 'clips'), source, MOST_CLIPS);
  const ids = new Set<string>();
  const clips: Clip[] = [];
  for (const facts of listed) {
    const clip = await clipOf(facts, project, byPath, source);
    if (ids.has(clip.id)) throw fault(source, facts.place, 'each id once', `"${clip.id}" again`);
    ids.add(clip.id);
    clips.push(clip);
  }
  const missing = clips.find(({ label }) => !project.classes.includes(label));
  if (missing !== undefined) throw fault(source, `clip ${missing.id}`, 'a class of the project', `"${missing.label}"`);
  return { project, clips };
}

/** Whether the files of an archive are those of a project, and not only recordings. */
export function isProject(files: readonly RecordingFile[]): boolean {
  return files.some(({ path }) => path === PROJECT_FILE);
}

async function readDocument(file: RecordingFile | undefined, source: string): Promise<Place> {
  if (file === undefined) throw fault(source, '', PROJECT_FILE, 'none');
  const value = parseJson(await textOf(file), `${source}, ${PROJECT_FILE}`);
  const document = { value, place: '' };
  const version = at(document, 'version');
  if (version.value !== PROJECT_VERSION) throw wrong(version, source, `version ${PROJECT_VERSION}`);
  return document;
}

async function textOf(file: RecordingFile): Promise<string> {
  if (file.bytes > MOST_FILE_BYTES) throw fault(file.path, '', 'at most 64 MiB', `${file.bytes} bytes`);
  return new TextDecoder().decode(await file.read());
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(source, '', 'JSON', `text that is not (${(error as Error).message.slice(0, 80)})`);
  }
}

function projectOf(document: Place, source: string): Project {
  const names = (key: string) => listOf(at(document, key), source, MOST_CLIPS).map((item) => textIn(item, source));
  const epochs = at(document, 'epochs');
  return {
    ...EMPTY_PROJECT,
    title: textIn(at(document, 'title'), source),
    licence: textIn(at(document, 'licence'), source, 0),
    layout: layoutOf(at(document, 'layout'), source),
    persons: wholeIn(at(document, 'persons'), source, 1, 16),
    unit: textIn(at(document, 'unit'), source),
    classes: names('classes'),
    nothing: names('nothing'),
    seed: wholeIn(at(document, 'seed'), source, 0, 2 ** 31),
    budget: wholeIn(at(document, 'budget'), source, 0, 1_000_000),
    epochs: epochs.value === undefined ? undefined : wholeIn(epochs, source, 1, 100_000),
  };
}

/** A layout of the same name is anyrate's own; another one has to fit itself. */
function layoutOf({ value, place }: Place, source: string): Layout | undefined {
  if (value === undefined) return undefined;
  const { name } = (value ?? {}) as Partial<Layout>;
  checkLayout(value as Layout, source);
  if (typeof name !== 'string') throw fault(source, place, 'a layout', 'another thing');
  try {
    return layoutNamed(name);
  } catch {
    return value as Layout;
  }
}

async function clipOf(
  facts: Place,
  { layout, persons }: Project,
  files: ReadonlyMap<string, RecordingFile>,
  source: string,
): Promise<Clip> {
  const path = textIn(at(facts, 'path'), source, 1, 500);
  const file = files.get(path);
  if (file === undefined) throw fault(source, facts.place, 'a file of the archive', `"${path}"`);
  if (layout === undefined) throw fault(source, 'layout', 'a layout, since there are recordings', 'none');
  const sequence = await readSequence(file, { persons, joints: layout.joints.length, layout });
  return {
    ...sequence,
    id: textIn(at(facts, 'id'), source),
    label: textIn(at(facts, 'label'), source),
    person: textIn(at(facts, 'person'), source, 0),
    source: at(facts, 'source').value === 'camera' ? ('camera' as const) : ('file' as const),
    start: 0,
    end: sequence.frames,
  };
}

function at({ value, place }: Place, key: string): Place {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  const inside = isObject ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  return { value: inside, place: place === '' ? key : `${place}.${key}` };
}

function listOf({ value, place }: Place, source: string, most: number): Place[] {
  if (!Array.isArray(value) || value.length > most) throw wrong({ value, place }, source, `a list of at most ${most}`);
  return value.map((item, i) => ({ value: item, place: `${place}[${i}]` }));
}

function textIn(item: Place, source: string, least = 1, most = MOST_NAME): string {
  const { value } = item;
  if (typeof value === 'string' && value.length >= least && value.length <= most) return value;
  throw wrong(item, source, `a text of ${least} to ${most} letters`);
}

function wholeIn(item: Place, source: string, least: number, most: number): number {
  const { value } = item;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw wrong(item, source, `a whole number from ${least} to ${most}`);
}

function wrong({ value, place }: Place, source: string, expected: string): InputError {
  return fault(source, place, expected, (JSON.stringify(value) ?? 'nothing').slice(0, 60));
}

function fault(source: string, place: string, expected: string, found: string): InputError {
  const mend = 'Save the project again, or open another file.';
  return new InputError(place === '' ? { source, expected, found, mend } : { source, place, expected, found, mend });
}
