/** The recordings of all files of a folder, each in whichever format it is. */
import type { SkippedFile } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { readBy } from '../formats/formats.js';
import { joinFrames } from '../formats/join-frames.js';
import { readHead, recogniseFormat } from '../formats/open.js';
import { type KeepPositions, keepInMemory } from '../positions-elsewhere.js';
import { isNoRecording } from './file-names.js';
import type { FoundRecording } from './resolve-layout.js';

/** What the files of a folder hold. */
export interface FolderContents {
  readonly found: readonly FoundRecording[];
  readonly skipped: readonly SkippedFile[];
}

/** @throws InputError where a file of a known format is broken */
export async function readFiles(
  files: readonly RecordingFile[],
  keep: KeepPositions = keepInMemory,
): Promise<FolderContents> {
  const found: FoundRecording[] = [];
  const skipped: SkippedFile[] = [];
  const frames = new Map<string, FoundRecording[]>();
  for (const file of files) {
    const format = isNoRecording(file.path) ? undefined : await recogniseFormat(await readHead(file));
    if (format === undefined) {
      const unknown = file.bytes === 0 ? 'an empty file' : 'in no known format';
      const reason = isNoRecording(file.path) ? 'not a recording, by its name' : unknown;
      skipped.push({ id: file.path, reason });
      continue;
    }
    const folder = file.path.split('/').slice(0, -1).join('/');
    for await (const recording of readBy(format, file)) {
      const one = { source: file.path, recording };
      if (format.framePerFile) frames.set(folder, [...(frames.get(folder) ?? []), one]);
      else found.push({ ...one, recording: keep(recording) });
    }
  }
  return { found: [...found, ...joined(frames)], skipped };
}

/** A recording of each folder whose files hold a frame each. */
function joined(frames: ReadonlyMap<string, readonly FoundRecording[]>): FoundRecording[] {
  const collator = new Intl.Collator('en', { numeric: true }); // 2.json comes before 10.json
  return [...frames].map(([folder, parts]) => {
    const ordered = parts.toSorted((a, b) => collator.compare(a.source, b.source));
    return {
      source: folder === '' ? ordered[0].source : `${folder}/`,
      recording: joinFrames(
        ordered.map(({ recording }) => recording),
        folder,
      ),
    };
  });
}
