import type { RecordingFormat } from './format.js';

/**
 * Every file format of recordings, the more specific before the more general; each module is loaded when files are told
 * apart. A format is added here and nowhere else.
 */
export const recordingFormats: Readonly<Record<string, () => Promise<RecordingFormat>>> = {};
