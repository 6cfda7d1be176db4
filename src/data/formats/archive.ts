import { aFile, checkArguments } from '../../core/arguments.js';
import { badFile, memoryFile, type RecordingFile } from './format.js';
import { openZip, type ZipEntry } from './zip.js';

/** The most that all files of an archive may be together when they are unpacked. */
const MOST_BYTES = 1 << 30;

const MOST_PATH = 500;

/**
 * The files of a zip archive, as those of the folder that was packed: hidden ones are left out, and a folder that holds
 * everything is opened. Nothing is unpacked before it is read.
 * @throws InputError on an archive that is damaged, claims more than its bytes can hold or more than 1 GiB, or has paths that lead out of it
 */
export async function readArchive(archive: RecordingFile): Promise<RecordingFile[]> {
  checkArguments('readArchive', { archive: [aFile, archive] });
  const entries = (await openZip(archive)).filter(({ name }) => !name.endsWith('/'));
  for (const { name } of entries) checkPath(archive, name);
  checkSize(archive, entries);
  const seen = entries.filter(({ name }) => !isHidden(name));
  const top = commonFolder(seen.map(({ name }) => name));
  const files = new Map(seen.map((entry) => [entry.name.slice(top.length), entry]));
  return [...files].map(([path, entry]) => fileOf(path, entry, files));
}

function fileOf(path: string, { bytes, read }: ZipEntry, files: ReadonlyMap<string, ZipEntry>): RecordingFile {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const beside = async (name: string) => {
    const entry = files.get(folder + name);
    return entry === undefined ? undefined : fileOf(folder + name, entry, files);
  };
  return bytes === 0 ? memoryFile(path, '') : { path, bytes, read, beside };
}

function checkPath(archive: RecordingFile, name: string): void {
  const isPlain = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (isPlain && name.length <= MOST_PATH && !/[\\\0:]/.test(name)) return;
  const [expected, mend] = ['paths inside the archive', 'Pack the folder again.'];
  throw badFile(archive.path, '', expected, JSON.stringify(name.slice(0, 60)), mend);
}

function checkSize(archive: RecordingFile, entries: readonly ZipEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (bytes <= MOST_BYTES) return;
  const found = `${Math.ceil(bytes / (1 << 20))} MiB`;
  throw badFile(archive.path, '', 'files of at most 1024 MiB together', found, 'Unpack it and give the folder.');
}

function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

/** The folder that holds everything, with its slash; empty where there is none. */
function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths;
  const folder = first.slice(0, first.indexOf('/') + 1);
  return paths.every((path) => path.startsWith(folder)) ? folder : '';
}
