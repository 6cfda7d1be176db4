import type { RecordingFormat } from './format.js';

/**
 * Every file format of recordings, the more specific before the more general; each module is loaded when files are told
 * apart. A format is added here and nowhere else.
 */
export const recordingFormats: Readonly<Record<string, () => Promise<RecordingFormat>>> = {
  'openpose-json': async () => (await import('./openpose-json.js')).format,
  'kinetics-skeleton': async () => (await import('./kinetics-skeleton.js')).format,
  'nw-ucla': async () => (await import('./nw-ucla.js')).format,
  'mediapipe-json': async () => (await import('./mediapipe-json.js')).format,
  'coco-keypoints': async () => (await import('./coco-keypoints.js')).format,
  'anyrate-json': async () => (await import('./anyrate-json.js')).format,
};
