import { badFile, type FileHead, HEAD_BYTES, type RecordingFile, type RecordingFormat } from './format.js';
import { formatLoaders, readBy } from './formats.js';
import type { Recording } from './recording.js';
import { decodeText } from './text.js';

/** The beginning of a file, from which its format is told. */
export async function readHead(file: RecordingFile): Promise<FileHead> {
  const bytes = await file.read(0, Math.min(HEAD_BYTES, file.bytes));
  return { path: file.path, bytes, text: decodeText(bytes) };
}

/** The format of a file by its content; undefined if it is of none. */
export async function recogniseFormat(head: FileHead): Promise<RecordingFormat | undefined> {
  for (const load of formatLoaders().values()) {
    const format = await load();
    if (format.recognise(head)) return format;
  }
  return undefined;
}

/**
 * Reads the recordings of a file in whichever format it is.
 * @throws InputError that names the file if it is of no format, or is broken
 */
export async function* readRecordings(file: RecordingFile): AsyncGenerator<Recording> {
  const head = await readHead(file);
  const format = await recogniseFormat(head);
  if (format === undefined) throw unrecognised(head);
  yield* readBy(format, file);
}

function unrecognised({ path, bytes, text }: FileHead): Error {
  const start = JSON.stringify(text.slice(0, 40));
  const isBinary = bytes.subarray(0, 1024).includes(0);
  const found =
    bytes.length === 0 ? 'an empty file' : isBinary ? 'binary data of an unknown kind' : `text that begins ${start}`;
  const formats = [...formatLoaders().keys()].join(', ');
  const mend = 'Export the recording in one of these formats, or leave the file out.';
  return badFile(path, '', `a recording: ${formats}`, found, mend);
}
