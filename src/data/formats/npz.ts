import { labelNames } from './arrays/labels.js';
import { elementsOf, type NdArray } from './arrays/ndarray.js';
import { openNpy } from './arrays/npy-array.js';
import { arrayRecordings } from './arrays/recordings.js';
import type { RecordingFile, RecordingFormat } from './format.js';
import { badFile } from './format.js';
import { beginsAsZip, openZip } from './zip.js';

/** numpy's archive of arrays: CTR-GCN's x_train, y_train, x_test, y_test; x and y; or a recording an array. */
export const format: RecordingFormat = {
  name: 'npz',
  title: 'numpy archive: CTR-GCN’s x_train, y_train, x_test, y_test, or an array per recording',
  recognise: ({ bytes, text }) => beginsAsZip(bytes) && text.slice(0, 300).includes('.npy'),
  read,
};

/** Pairs of data and labels by the names that people give them, with the part of the split that they are. */
const PAIRS = [
  { data: /^(?:x|data|skeletons?)_train$/i, labels: /^(?:y|labels?)_train$/i, part: 'train' },
  { data: /^(?:x|data|skeletons?)_(?:test|val)$/i, labels: /^(?:y|labels?)_(?:test|val)$/i, part: 'test' },
  { data: /^(?:x|data|skeletons?|keypoints?)$/i, labels: /^(?:y|labels?)$/i, part: undefined },
] as const;

async function* read(file: RecordingFile) {
  const arrays = await openArrays(file);
  const names = [...arrays.keys()];
  let isLabelled = false;
  for (const { data, labels, part } of PAIRS) {
    const [dataName, labelName] = [data, labels].map((pattern) => names.find((name) => pattern.test(name)));
    if (dataName === undefined || labelName === undefined) continue;
    isLabelled = true;
    yield* arrayRecordings(arrays.get(dataName)!, file.path, {
      name: dataName,
      labels: await labelNames(arrays.get(labelName)!, file.path, labelName),
      ...(part !== undefined && { split: { published: part } }),
    });
  }
  if (isLabelled) return;
  for (const [name, array] of arrays) yield* arrayRecordings(array, file.path, { name });
}

async function openArrays(file: RecordingFile): Promise<ReadonlyMap<string, NdArray>> {
  const arrays = new Map<string, NdArray>();
  for (const entry of await openZip(file)) {
    if (!entry.name.endsWith('.npy')) continue;
    const name = entry.name.slice(0, -'.npy'.length);
    const array = await openNpy(entry, file.path, name);
    if (elementsOf(array.shape) > 0) arrays.set(name, array);
  }
  if (arrays.size > 0) return arrays;
  throw badFile(file.path, '', 'an array in the archive', 'none', 'Save the recordings with numpy.savez.');
}
