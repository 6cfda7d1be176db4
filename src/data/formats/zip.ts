import { inflateSync } from 'fflate';
import { badFile, MOST_WHOLE_BYTES, type RecordingFile } from './format.js';

/** A file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Size when unpacked. */
  readonly bytes: number;
  /** Bytes of the unpacked file; of one that is stored as it is, only those are read. */
  read(start?: number, end?: number): Promise<Uint8Array>;
}

const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const LOCAL_BYTES = 30;
const MOST_DIRECTORY_BYTES = 1 << 24;
const MOST_ENTRIES = 10_000;

/** Deflate makes at most this of a byte; an entry that claims more is a bomb. */
const MOST_RATIO = 1032;

const STORED = 0;
const DEFLATED = 8;

/** Whether bytes begin as a zip archive does. */
export function beginsAsZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files of a zip archive, from the directory at its end (zip64 as well); nothing is unpacked yet.
 * @throws InputError if it is damaged, or an entry claims more than its bytes can hold
 */
export async function openZip(file: RecordingFile): Promise<ZipEntry[]> {
  const { start, size, count } = await findDirectory(file);
  if (size > MOST_DIRECTORY_BYTES || count > MOST_ENTRIES || start + size > file.bytes) {
    throw damaged(file, `a directory of at most ${MOST_ENTRIES} files inside the archive`, `${count} files`);
  }
  const bytes = await file.read(start, start + size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw cutOff(file);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const end = at + 46 + nameBytes + extraBytes + commentBytes;
    if (end > view.byteLength) throw cutOff(file);
    entries.push(entryAt(file, view, at, nameBytes, extraBytes));
    at = end;
  }
  return entries;
}

interface Directory {
  readonly start: number;
  readonly size: number;
  readonly count: number;
}

async function findDirectory(file: RecordingFile): Promise<Directory> {
  const from = Math.max(0, file.bytes - END_BYTES - MOST_COMMENT);
  const tail = await file.read(from, file.bytes);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const directory = {
      start: view.getUint32(at + 16, true),
      size: view.getUint32(at + 12, true),
      count: view.getUint16(at + 10, true),
    };
    const isLong = directory.start === 0xffffffff || directory.size === 0xffffffff || directory.count === 0xffff;
    return isLong ? longDirectory(file, view, at) : directory;
  }
  throw cutOff(file);
}

/** The directory of a zip64 archive: a locator comes before the end and points to a longer one. */
async function longDirectory(file: RecordingFile, tail: DataView, end: number): Promise<Directory> {
  const locator = end - 20;
  if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50) throw cutOff(file);
  const at = Number(tail.getBigUint64(locator + 8, true));
  const bytes = await file.read(at, Math.min(at + 56, file.bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 56 || view.getUint32(0, true) !== 0x06064b50) throw cutOff(file);
  const [count, size, start] = [32, 40, 48].map((offset) => Number(view.getBigUint64(offset, true)));
  return { start, size, count };
}

function entryAt(file: RecordingFile, view: DataView, at: number, nameBytes: number, extraBytes: number): ZipEntry {
  const nameStart = at + 46;
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + nameStart, nameBytes));
  const method = view.getUint16(at + 10, true);
  const [packed, bytes, local] = longSizes(view, at, nameStart + nameBytes, extraBytes);
  if ((method !== STORED && method !== DEFLATED) || view.getUint16(at + 8, true) & 1) {
    throw badFile(
      file.path,
      name,
      'a file that is stored or deflated',
      'another compression method',
      'Pack it without a password.',
    );
  }
  if (packed > file.bytes || bytes > (method === STORED ? packed : packed * MOST_RATIO)) {
    throw badFile(
      file.path,
      name,
      'a size that its bytes can hold',
      `${bytes} bytes out of ${packed}`,
      'Leave it out.',
    );
  }
  let begin: number | undefined;
  const read = async (start = 0, end = bytes): Promise<Uint8Array> => {
    begin ??= await dataStart(file, local, name);
    const from = begin;
    if (method === STORED) return file.read(from + start, from + Math.min(end, bytes));
    return (await unpack(file, name, from, packed, bytes)).subarray(start, end);
  };
  return { name, bytes, read: method === STORED ? read : remembering(read, bytes) };
}

/** Unpacks a deflated file once, however often it is read. */
function remembering(read: ZipEntry['read'], bytes: number): ZipEntry['read'] {
  let whole: Promise<Uint8Array> | undefined;
  return async (start = 0, end = bytes) => {
    whole ??= read();
    return (await whole).subarray(start, end);
  };
}

/** Packed size, size and place of an entry, of which zip64 writes those that do not fit into an extra field. */
function longSizes(view: DataView, at: number, extra: number, extraBytes: number): readonly [number, number, number] {
  const short = [20, 24, 42].map((offset) => view.getUint32(at + offset, true));
  for (let field = extra; field + 4 <= extra + extraBytes; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    const end = Math.min(field + 4 + view.getUint16(field + 2, true), extra + extraBytes);
    let next = field + 4;
    for (const i of [1, 0, 2]) {
      if (short[i] !== 0xffffffff || next + 8 > end) continue;
      short[i] = Number(view.getBigUint64(next, true));
      next += 8;
    }
  }
  return [short[0], short[1], short[2]];
}

async function dataStart(file: RecordingFile, local: number, name: string): Promise<number> {
  const head = await file.read(local, local + LOCAL_BYTES);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < LOCAL_BYTES || view.getUint32(0, true) !== 0x04034b50) {
    throw badFile(file.path, name, 'the file where the directory says', 'something else', 'Copy the file again.');
  }
  return local + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

async function unpack(file: RecordingFile, name: string, from: number, packed: number, bytes: number) {
  if (bytes > MOST_WHOLE_BYTES) {
    const expected = `at most ${MOST_WHOLE_BYTES} bytes where a file is deflated`;
    throw badFile(file.path, name, expected, `${bytes}`, 'Save it with numpy.savez, which does not deflate.');
  }
  try {
    const whole = inflateSync(await file.read(from, from + packed), { out: new Uint8Array(bytes) });
    if (whole.length === bytes) return whole;
  } catch {
    // told below
  }
  throw badFile(file.path, name, `a deflate stream of ${bytes} bytes`, 'something else', 'Copy the file again.');
}

function damaged(file: RecordingFile, expected: string, found: string) {
  return badFile(file.path, '', expected, found, 'The file is cut off or damaged: copy it again.');
}

function cutOff(file: RecordingFile) {
  return damaged(file, 'a zip archive with its directory at the end', 'an archive that is cut off');
}
