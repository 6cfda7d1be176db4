import { assemble } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { numberRows, widthsOf } from './number-lines.js';
import { readText } from './text.js';

const JOINTS = 22;
const WORLD = JOINTS * 3;
const IMAGE = JOINTS * 2;
const FOLDERS = /gesture_(\d+)\/finger_(\d+)\/subject_(\d+)\/essai_\d+\//;

/**
 * SHREC'17 and DHG-14/28: 22 joints of a hand a line, x y z in metres (skeletons_world.txt) or x y in pixels
 * (skeletons_image.txt); the folders tell gesture, fingers and performer. Other skeletons have
 * 22 joints too, so that the path must be one of theirs.
 */
export const format: RecordingFormat = {
  name: 'shrec',
  title: "SHREC'17 and DHG-14/28 hand skeletons, one file per recording",
  recognise: ({ path, text }: FileHead) => {
    const widths = widthsOf(text, 3);
    const isNamed = FOLDERS.test(path) || /skeletons?_(?:world|image)\.txt$/i.test(path);
    return isNamed && (widths[0] === WORLD || widths[0] === IMAGE);
  },
  async *read(file: RecordingFile) {
    const text = await readText(file);
    const isWorld = widthsOf(text, 1)[0] === WORLD;
    const meaning = `22 joints x ${isWorld ? 3 : 2}`;
    const rows = [...numberRows(text, file.path, isWorld ? WORLD : IMAGE, meaning)];
    const poses = rows.map((row) => [
      Float32Array.from(isWorld ? row : row.flatMap((value, i) => (i % 2 === 0 ? [value] : [value, 0]))),
    ]);
    const folders = FOLDERS.exec(file.path);
    const facts = {
      part: '',
      dimensions: isWorld ? 3 : 2,
      layout: 'shrec-hand-22',
      unit: isWorld ? 'metre' : 'pixel',
      ...(folders !== null && { label: `gesture ${folders[1]}, finger ${folders[2]}`, subject: folders[3] }),
    } as const;
    yield assemble(poses, JOINTS, facts, file.path);
  },
};
