import { readRecordingFolder } from '../../src/data/folder/read-folder.js';
import { memoryFile, type RecordingFile } from '../../src/data/formats/format.js';
import { mediapipeHand } from '../../src/skeleton/layouts/hands.js';

/** A hand whose joints lie on a line, `frames` frames, moved by `offset`. */
export function hand(offset: number, frames = 3, extra: object = {}): string {
  const frame = (t: number) => mediapipeHand.joints.map((_, joint) => [joint + offset, t, 0]);
  return JSON.stringify({
    layout: 'mediapipe-hand',
    frames: Array.from({ length: frames }, (_, t) => frame(t)),
    ...extra,
  });
}

/** Files in memory, by their paths. */
export function folder(files: Readonly<Record<string, string>>): RecordingFile[] {
  return Object.entries(files).map(([path, content]) => memoryFile(path, content));
}

/** Reads them as the data set `moves`. */
export const read = (files: Readonly<Record<string, string>>) => readRecordingFolder(folder(files), 'moves');
