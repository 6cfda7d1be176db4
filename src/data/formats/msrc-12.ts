import { assemble, lossNotes, type Pose } from './assemble.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { numberRows, widthsOf } from './number-lines.js';
import type { RecordingEvent } from './recording.js';
import { linesOf, readText } from './text.js';

const JOINTS = 20;
const COLUMNS = 1 + JOINTS * 4;
const NAME = /(P\d+_\d+_\d+[a-zA-Z]?_p(\d+))\.csv$/;
/** Ticks of the tags' clock in a microsecond. */
const TICKS_PER_MICROSECOND = 49.875;

/**
 * MSRC-12: microseconds and 20 joints of Kinect v1 (x, y, z in metres, and whether it was seen) a line; the gestures' moments
 * stand in a .tagstream beside it.
 */
export const format: RecordingFormat = {
  name: 'msrc-12',
  title: 'MSRC-12 .csv with its .tagstream, one file per recording',
  recognise: ({ text }: FileHead) => {
    const widths = widthsOf(text, 3);
    return widths[0] === COLUMNS && !text.includes(',') && /^\s*\d{6,} /.test(text);
  },
  async *read(file: RecordingFile) {
    const poses: [Pose | undefined][] = [];
    const seconds: number[] = [];
    const meaning = 'a time, and 20 joints x (x, y, z, seen)';
    for (const row of numberRows(await readText(file), file.path, COLUMNS, meaning)) {
      seconds.push(row[0] / 1e6);
      poses.push([poseOf(row)]);
    }
    const events = await eventsBeside(file);
    const labels = new Set(events.map(({ label }) => label));
    const subject = NAME.exec(file.path)?.[2];
    const facts = {
      part: '',
      dimensions: 3,
      layout: 'kinect-v1-20',
      unit: 'metre',
      seconds: Float64Array.from(seconds),
      ...(labels.size === 1 && { label: events[0].label }),
      ...(subject !== undefined && { subject: `p${subject}` }),
      ...(events.length > 0 && { events }),
      notes: lossNotes(poses, 'not seen'),
    } as const;
    yield assemble(poses, JOINTS, facts, file.path);
  },
};

function poseOf(row: readonly number[]): Pose | undefined {
  const pose = new Float32Array(JOINTS * 3).fill(Number.NaN);
  let seen = 0;
  for (let joint = 0; joint < JOINTS; joint++) {
    const at = 1 + joint * 4;
    if (!(row[at + 3] > 0)) continue;
    pose.set(row.slice(at, at + 3), joint * 3);
    seen++;
  }
  return seen === 0 ? undefined : pose;
}

/** The moments of the tagstream of the same name: `32328528185;G1  lift outstretched arms` a line. */
async function eventsBeside(file: RecordingFile): Promise<readonly RecordingEvent[]> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.csv$/, '.tagstream');
  const tags = await file.beside?.(name);
  if (tags === undefined) return [];
  const events: RecordingEvent[] = [];
  for (const { text } of linesOf(await readText(tags))) {
    const found = /^\s*(\d+);(.+)$/.exec(text);
    if (found === null) continue;
    const seconds = Number(found[1]) / TICKS_PER_MICROSECOND / 1e6;
    events.push({ seconds, label: found[2].trim().replace(/\s+/g, ' ') });
  }
  return events;
}
