import { InputError } from '../../core/errors.js';
import { shrecHand22 } from '../../skeleton/layouts/hands.js';
import type { Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { linesOf, readText } from '../formats/text.js';
import { splitsBySubject } from '../splits.js';
import { classIndex, type Identity } from './published-set.js';
import { recordedSet } from './recorded-set.js';

/** Gestures 1 to 14 of both sets; each was done with one finger (1) and with the whole hand (2). */
const CLASSES = [
  'grab',
  'tap',
  'expand',
  'pinch',
  'rotation-clockwise',
  'rotation-counter-clockwise',
  'swipe-right',
  'swipe-left',
  'swipe-up',
  'swipe-down',
  'swipe-x',
  'swipe-plus',
  'swipe-v',
  'shake',
];

const FOLDERS = 'gesture_(\\d+)\\/finger_([12])\\/subject_(\\d+)\\/essai_(\\d+)';

/** SHREC'17 track, the hand skeletons in the world's frame: its 14 classes. */
export const shrec17 = recordedSet({
  name: 'shrec17',
  title: 'SHREC’17 track: 3D hand gestures',
  example: 'gesture_1/finger_1/subject_1/essai_1/skeletons_world.txt',
  file: new RegExp(`(?:^|\\/)${FOLDERS}\\/skeletons_world\\.txt$`),
  licence: 'for research (its authors)',
  citation:
    'Q. De Smedt, H. Wannous, J.-P. Vandeborre, J. Guerry, B. Le Saux, D. Filliat: 3D Hand Gesture Recognition Using a Depth ' +
    'and Skeletal Dataset. Eurographics Workshop on 3D Object Retrieval, 2017',
  layout: shrecHand22,
  persons: 1,
  unit: 'metre',
  classes: CLASSES,
  identify,
  splits: async (samples, entries) => [await officialSplit(samples, entries), ...splitsBySubject(samples)],
});

/** DHG-14/28, the hand skeletons in the world's frame: its 14 classes, each subject in turn tests. */
export const dhg = recordedSet({
  name: 'dhg',
  title: 'DHG-14/28: dynamic hand gestures',
  example: 'gesture_1/finger_1/subject_1/essai_1/skeleton_world.txt',
  file: new RegExp(`(?:^|\\/)${FOLDERS}\\/skeleton_world\\.txt$`),
  licence: 'for research (its authors)',
  citation:
    'Q. De Smedt, H. Wannous, J.-P. Vandeborre: Skeleton-based Dynamic Hand Gesture Recognition. CVPR Workshops, 2016',
  layout: shrecHand22,
  persons: 1,
  unit: 'metre',
  classes: CLASSES,
  identify,
  splits: async (samples) => splitsBySubject(samples),
});

function identify([, gesture, finger, subject, essai]: readonly string[], path: string): Identity {
  return {
    id: idOf(gesture, finger, subject, essai),
    subject,
    label: classIndex(CLASSES, { written: gesture, first: 1 }, path, 'gesture folder'),
  };
}

function idOf(gesture: string, finger: string, subject: string, essai: string): string {
  return `gesture_${gesture}/finger_${finger}/subject_${subject}/essai_${essai}`;
}

/** The authors' lists: a line a sequence that begins with gesture, finger, subject and essai. */
async function officialSplit(samples: readonly Sample[], entries: readonly RecordingFile[]): Promise<Split> {
  const indices = new Map(samples.map(({ id }, index) => [id, index]));
  const [train, test] = await Promise.all(['train', 'test'].map((part) => listed(entries, part)));
  const known = (ids: readonly string[]) => ids.flatMap((id) => indices.get(id) ?? []);
  return { name: 'official', description: 'The lists of the authors.', train: known(train), test: known(test) };
}

async function listed(entries: readonly RecordingFile[], part: string): Promise<string[]> {
  const name = `${part}_gestures.txt`;
  const entry = entries.find(({ path }) => path === name || path.endsWith(`/${name}`));
  if (entry === undefined) {
    const mend = 'Give the folder as the data set is published.';
    throw new InputError({ source: name, expected: 'the list beside the gestures', found: 'no such file', mend });
  }
  return [...linesOf(await readText(entry))].map(({ text }) => {
    const [gesture, finger, subject, essai] = text.trim().split(/\s+/);
    return idOf(gesture, finger, subject, essai);
  });
}
