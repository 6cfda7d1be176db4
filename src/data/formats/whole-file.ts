import { badFile } from './bad-file.js';
import { MOST_WHOLE_BYTES, type RecordingFile } from './format.js';

/**
 * Every byte of a file.
 * @param mostBytes the largest file that the format reads
 * @throws InputError that names the file if it is larger
 */
export async function wholeBytes(file: RecordingFile, mostBytes: number = MOST_WHOLE_BYTES): Promise<Uint8Array> {
  if (file.bytes <= mostBytes) return file.read();
  const most = `at most ${mostBytes / (1 << 20)} MiB`;
  throw badFile(file.path, '', most, `${Math.ceil(file.bytes / (1 << 20))} MiB`, 'Split it into a file a recording.');
}
