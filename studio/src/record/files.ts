// Recordings and projects from files, and a project as a file. Runs in the engine.
import { type Dataset, decodeAnyset, type RecordingFile, readArchive, readFolder } from 'anyrate/browser';
import { zipSync } from 'fflate';
import type { Imported, Opened, PlacedFile } from '../calls.js';
import type { Clip } from '../clip.js';
import { isProject, openProject } from '../open-project.js';
import type { ProjectData } from '../project.js';
import { projectFiles } from '../project-files.js';

/** Reads files in any of anyrate's formats, with the folders that they lie in: <class>/<person>/<file>. */
export async function importFiles({ files }: { readonly files: readonly PlacedFile[] }): Promise<Imported> {
  const [first] = files;
  if (files.length === 1 && first.path.endsWith('.anyset')) {
    return importedFrom(decodeAnyset(new Uint8Array(await first.file.arrayBuffer()), first.path));
  }
  const listed = withoutTop(files.map(({ file, path }) => recordingFile(file, path)));
  return importedFrom(await readFolder(listed, topOf(files)));
}

/** The ready project. */
export function importReady({ bytes }: { readonly bytes: Uint8Array }): Imported {
  return importedFrom(decodeAnyset(bytes, 'ready.anyset'));
}

/** A zip: a project, or a folder of recordings. */
export async function openFile({ file }: { readonly file: File }): Promise<Opened> {
  const files = await readArchive(recordingFile(file, file.name));
  if (isProject(files)) return { type: 'project', data: await openProject(files, file.name) };
  return { type: 'recordings', imported: importedFrom(await readFolder(files, file.name.replace(/\.zip$/, ''))) };
}

/** A project as a zip; the same project gives the same bytes. */
export function saveProject(data: ProjectData): Uint8Array {
  const encoder = new TextEncoder();
  const files = [...projectFiles(data)].map(([path, text]) => [path, encoder.encode(text)] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: FIRST_DAY });
}

/** The earliest time that a zip can state. */
const FIRST_DAY = new Date(1980, 0, 1);

function importedFrom({
  title,
  licence,
  layout,
  persons,
  unit,
  classes,
  nothing = [],
  samples,
  skipped,
}: Dataset): Imported {
  const clips = samples.map(({ label, subject, frames, joints, positions, seconds }): Omit<Clip, 'id'> => {
    const facts = { label: classes[label], person: subject, source: 'file' as const, start: 0, end: frames };
    return { ...facts, frames, persons, joints, positions, seconds };
  });
  return { title, licence, layout, persons, unit, classes, nothing, clips, skipped };
}

function recordingFile(file: File, path: string): RecordingFile {
  const read = async (start = 0, end = file.size) => new Uint8Array(await file.slice(start, end).arrayBuffer());
  return { path, bytes: file.size, read };
}

/** What to call recordings: as the folder that holds them. */
function topOf([first]: readonly PlacedFile[]): string {
  return first?.path.includes('/') ? first.path.slice(0, first.path.indexOf('/')) : 'recordings';
}

/** Paths without the folder that was dropped, where it holds everything and folders of classes are in it. */
function withoutTop(files: readonly RecordingFile[]): RecordingFile[] {
  const top = `${files[0]?.path.split('/')[0]}/`;
  const isCommon = files.every(({ path }) => path.startsWith(top) && path.slice(top.length).includes('/'));
  return files.map((file) => ({ ...file, path: isCommon ? file.path.slice(top.length) : file.path }));
}
