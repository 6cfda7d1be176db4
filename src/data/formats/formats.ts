import { checkArguments, objectWith } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { Registry } from '../../core/registry.js';
import type { RecordingFile, RecordingFormat } from './format.js';
import type { Recording } from './recording.js';

/** Loads the module of a format, when files are told apart. */
type LoadFormat = () => Promise<RecordingFormat>;

/**
 * Every built-in file format of recordings, the more specific before the more general; each module is loaded when files are
 * told apart. A format is added here and nowhere else.
 */
export const recordingFormats: Readonly<Record<string, LoadFormat>> = {
  'openpose-json': async () => (await import('./openpose-json.js')).format,
  'openpose-list': async () => (await import('./openpose-json.js')).listFormat,
  'kinetics-skeleton': async () => (await import('./kinetics-skeleton.js')).format,
  'nw-ucla': async () => (await import('./nw-ucla.js')).format,
  'mediapipe-json': async () => (await import('./mediapipe-json.js')).format,
  'coco-keypoints': async () => (await import('./coco-keypoints.js')).format,
  'anyrate-json': async () => (await import('./anyrate-json.js')).format,
  'npy-frames': async () => (await import('./npy.js')).frameFormat,
  npy: async () => (await import('./npy.js')).format,
  npz: async () => (await import('./npz.js')).format,
  mat: async () => (await import('./mat.js')).format,
  pickle: async () => (await import('./pickle.js')).format,
  parquet: async () => (await import('./parquet.js')).format,
  bvh: async () => (await import('./bvh.js')).format,
  trc: async () => (await import('./trc.js')).format,
  'ntu-skeleton': async () => (await import('./ntu-skeleton.js')).format,
  'msrc-12': async () => (await import('./msrc-12.js')).format,
  'msr-action3d': async () => (await import('./msr-action3d.js')).format,
  'florence-3d': async () => (await import('./florence-3d.js')).format,
  shrec: async () => (await import('./shrec.js')).format,
  csv: async () => (await import('./csv.js')).format,
};

const registry = /* @__PURE__ */ new Registry<RecordingFormat>('recording format', []);

/** All formats in the order in which a file is tried: first those that were registered, then those that are built in. */
export function formatLoaders(): ReadonlyMap<string, LoadFormat> {
  const registered = registry.all.map((format) => [format.name, async () => format] as const);
  return new Map([...registered, ...Object.entries(recordingFormats)]);
}

/**
 * Adds a file format of recordings, which is tried before those that are built in.
 * @throws InputError on a name that is taken, and on a format without title, `recognise` or `read`
 */
export function registerFormat(format: RecordingFormat): void {
  checkArguments('registerFormat', { format: [objectWith('a format'), format] });
  const { name, title, recognise, read } = format;
  const isFormat = typeof title === 'string' && [recognise, read].every((part) => typeof part === 'function');
  const source = 'recording format to register';
  if (!isFormat) {
    const [expected, found] = ['a title, and the functions recognise and read', 'others'];
    throw new InputError({ source, place: String(name), expected, found, mend: 'See RecordingFormat.' });
  }
  if (Object.hasOwn(recordingFormats, name)) {
    const [expected, found] = ['a name that no other format has', `"${name}" again`];
    throw new InputError({ source, place: 'name', expected, found, mend: 'Give it another name.' });
  }
  registry.add(format);
}

/** The recordings of a file of a format. @throws InputError that names the format where one from outside fails */
export async function* readBy(format: RecordingFormat, file: RecordingFile): AsyncGenerator<Recording> {
  try {
    yield* format.read(file);
  } catch (error) {
    throw Object.hasOwn(recordingFormats, format.name) ? error : registry.blame(format, error);
  }
}
