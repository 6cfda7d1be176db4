import { badFile, type RecordingFile, type RecordingFormat, wholeBytes } from './format.js';
import { landmarkRecording } from './parquet/landmarks.js';
import { openTable } from './parquet/table.js';

/**
 * Parquet with a row for each landmark of a frame, as the ASL-signs set (Google, Isolated Sign Language Recognition) has it:
 * frame, type (face, left_hand, pose, right_hand), landmark_index, x, y, z. It is read by the package hyparquet.
 */
export const format: RecordingFormat = {
  name: 'parquet',
  title: 'parquet of MediaPipe landmarks, a row each, as in ASL-signs',
  recognise: ({ bytes }) => isMagic(bytes.subarray(0, 4)),
  async *read(file: RecordingFile) {
    const bytes = await wholeBytes(file);
    if (bytes.length < 12 || !isMagic(bytes.subarray(-4))) {
      throw badFile(file.path, 'end', 'PAR1, after the footer', 'other bytes', 'Copy the file again.');
    }
    yield await landmarkRecording(await openTable(bytes, file.path), file.path);
  },
};

function isMagic(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes) === 'PAR1';
}
