import { isLabelFile, labelsBeside } from './arrays/labels.js';
import { beginsAsNpy, openNpy } from './arrays/npy-array.js';
import { arrayRecordings } from './arrays/recordings.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';

/** numpy's file of one array: a recording, or many of them (with labels in a file beside it). */
export const format: RecordingFormat = {
  name: 'npy',
  title: 'numpy array: (frames, joints, 3) and its like, ST-GCN’s and CTR-GCN’s data, rows of MediaPipe Holistic',
  recognise: (head) => beginsAsNpy(head.bytes) && !isRow(head),
  read,
};

/** Each file is the row of one frame, and a folder of them is a recording. */
export const frameFormat: RecordingFormat = {
  name: 'npy-frames',
  title: 'a folder of numpy arrays, one per frame: rows of MediaPipe Holistic and their like',
  framePerFile: true,
  recognise: (head) => beginsAsNpy(head.bytes) && isRow(head),
  read,
};

async function* read(file: RecordingFile) {
  if (await isLabelFile(file)) return;
  const array = await openNpy(file, file.path, '');
  const labels = await labelsBeside(file);
  yield* arrayRecordings(array, file.path, { name: '', ...(labels !== undefined && { labels }) });
}

/** Whether the array of a file is one row of numbers that are no labels. */
function isRow({ bytes }: FileHead): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 256));
  return /'descr'\s*:\s*'[<>|=]?f\d'/.test(text) && /'shape'\s*:\s*\(\d+,\s*\)/.test(text);
}
