// The ready project: recordings of irds, so that everything can be tried without a camera.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAnyset, encodeAnyset } from '../dist/index.js';

const DATA = new URL('../data/irds.anyset', import.meta.url);
const LICENCE = new URL('../data/irds.LICENSE.md', import.meta.url);

/** Movements that differ to the eye, and healthy people who perform all of them. */
const CLASSES = ['elbow-flexion-left', 'shoulder-abduction-right', 'shoulder-forward-elevation', 'side-tap-left'];
const PERSONS = ['101', '102', '103', '301', '302', '303'];
/** Positions are multiples of 4 mm, as in irds.anyset. */
const STEP = 0.004;

/** Recordings of each class and person. */
const EACH = 6;

/** Frames a second of the Kinect that recorded them; the data set has no times of its own. */
const FRAMES_PER_SECOND = 30;

function timesOf({ frames, recordedFrames = frames }) {
  return Float64Array.from({ length: frames }, (_, frame) => (frame * recordedFrames) / frames / FRAMES_PER_SECOND);
}

const CHANGES = `
Of that file, the studio has ${CLASSES.length * PERSONS.length * EACH} recordings: ${CLASSES.length} movements by ${PERSONS.length} people. Their times were added,
at ${FRAMES_PER_SECOND} frames a second.
`;

/** Writes ready.anyset and its licence into a folder. */
export async function writeReadyProject(folder) {
  const irds = decodeAnyset(readFileSync(DATA), 'irds.anyset');
  const chosen = PERSONS.flatMap((subject) =>
    CLASSES.flatMap((name) =>
      irds.samples
        .filter((sample) => sample.subject === subject && irds.classes[sample.label] === name)
        .slice(0, EACH)
        .map((sample) => ({ ...sample, label: CLASSES.indexOf(name), seconds: timesOf(sample) })),
    ),
  );
  const isTest = ({ subject }) => subject === '103' || subject === '303';
  const indices = (part) => chosen.flatMap((sample, index) => (isTest(sample) === part ? [index] : []));
  const split = {
    name: 'by-subject',
    description: '103, 303 test, the others train.',
    train: indices(false),
    test: indices(true),
  };
  const ready = {
    ...irds,
    name: 'ready',
    title: 'Exercises of rehabilitation',
    classes: CLASSES,
    samples: chosen,
    skipped: [],
    splits: [split],
  };
  writeFileSync(join(folder, 'ready.anyset'), encodeAnyset(ready, STEP));
  writeFileSync(join(folder, 'ready.LICENSE.txt'), readFileSync(LICENCE, 'utf8') + CHANGES);
}
