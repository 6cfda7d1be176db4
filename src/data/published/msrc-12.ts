import { kinectV1Joints20 } from '../../skeleton/layouts/kinect-v1-20.js';
import { cutSegment } from '../cut-segments.js';
import type { Dataset, Sample, SkippedFile } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { format } from '../formats/msrc-12.js';
import type { Recording } from '../formats/recording.js';
import { splitsBySubject } from '../splits.js';
import { classIndex, type Identity, identifyAll, type PublishedSet } from './published-set.js';

/** Gestures 1 to 12, as the tags call them. */
const CLASSES = [
  'lift-outstretched-arms',
  'duck',
  'push-right',
  'goggles',
  'wind-it-up',
  'shoot',
  'bow',
  'throw',
  'had-enough',
  'change-weapon',
  'beat-both',
  'kick',
];

/** P<instruction>_<its kind>_<gesture, and A where it is the second recording>_p<subject>.csv */
const FILE_NAME = /(?:^|\/)(P\d_\d_(\d+)[A-Z]?_(p\d+))\.csv$/;

/** A gesture takes up to 8 seconds (winding up), of which the tag is somewhere in the middle. */
const MOST_SECONDS_FROM_TAG = 4;

/**
 * MSRC-12: each recording is of one gesture, performed about ten times. Its authors tag the moment at which a gesture is
 * recognisable and not where it begins and ends: a sample reaches half-way to the tags before and after its own.
 */
export const msrc12: PublishedSet = {
  name: 'msrc-12',
  title: 'MSRC-12: twelve gestures of games and of music players',
  example: 'MicrosoftGestureDataset-RC/data/P1_1_1_p06.csv beside P1_1_1_p06.tagstream',
  matches: (path) => FILE_NAME.test(path),
  read,
};

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const samples: Sample[] = [];
  const skipped: SkippedFile[] = [];
  for (const { entry, identity } of identifyAll(msrc12, entries, identify)) {
    for await (const recording of format.read(entry)) {
      const gestures = gesturesOf(recording, identity);
      for (const gesture of gestures) 'reason' in gesture ? skipped.push(gesture) : samples.push(gesture);
      if (gestures.length === 0) skipped.push({ id: identity.id, reason: 'no tags beside it' });
    }
  }
  return {
    name: msrc12.name,
    title: msrc12.title,
    licence: 'for research (Microsoft)',
    citation:
      'S. Fothergill, H. M. Mentis, P. Kohli, S. Nowozin: Instructing People for Training Gestural Interactive Systems. ' +
      'CHI, 2012',
    layout: kinectV1Joints20,
    persons: 1,
    unit: 'metre',
    classes: CLASSES,
    samples,
    splits: splitsBySubject(samples),
    skipped,
  };
}

function identify(path: string): Identity {
  const [, id, gesture, subject] = FILE_NAME.exec(path)!;
  return { id, subject, label: classIndex(CLASSES, { written: gesture, first: 1 }, path, 'gesture number') };
}

/** What is cut around the tags of a recording, in the order of time. */
function gesturesOf(recording: Recording, { id, subject, label }: Identity): (Sample | SkippedFile)[] {
  const { frames, persons, joints, positions, seconds = new Float64Array(frames), events = [] } = recording;
  const tags = events.map((event) => event.seconds).sort((a, b) => a - b);
  return tags.map((tag, i) => {
    const name = `${id}/${String(i + 1).padStart(2, '0')}`;
    const cut = cutSegment({ frames, persons, joints, positions, seconds }, seconds, spanAround(tags, i));
    if (cut === undefined || cut.frames < 2) return { id: name, reason: `no movement recorded at ${tag.toFixed(1)} s` };
    if (cut.positions.every(Number.isNaN)) return { id: name, reason: 'nobody is seen in it' };
    return { id: name, subject, label, ...cut };
  });
}

/** Half-way to the neighbours; at the ends as far as on the other side. */
function spanAround(tags: readonly number[], i: number): { readonly first: number; readonly last: number } {
  const before = i > 0 ? (tags[i] - tags[i - 1]) / 2 : undefined;
  const after = i + 1 < tags.length ? (tags[i + 1] - tags[i]) / 2 : undefined;
  const reach = (half: number | undefined) => Math.min(half ?? MOST_SECONDS_FROM_TAG, MOST_SECONDS_FROM_TAG);
  return { first: tags[i] - reach(before ?? after), last: tags[i] + reach(after ?? before) };
}
