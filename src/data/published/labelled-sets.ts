import { InputError } from '../../core/errors.js';
import { kinectV1Joints15 } from '../../skeleton/layouts/kinect-v1-15.js';
import { openposeCoco18 } from '../../skeleton/layouts/openpose.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { readRecordings } from '../formats/open.js';
import { type KeepPositions, keepInMemory, withFacts } from '../positions-elsewhere.js';
import { splitBy, splitsBySubject } from '../splits.js';
import { compareCodeUnits, type PublishedSet } from './published-set.js';
import { withPersons } from './recorded-set.js';

type Facts = Omit<Dataset, 'classes' | 'samples' | 'splits' | 'skipped'> & {
  readonly example: string;
  readonly file: RegExp;
  splits(samples: readonly Sample[]): Split[];
};

/** A published set whose files say themselves what is done in each of their recordings. */
function labelledSet({ example, file, splits, ...facts }: Facts): PublishedSet {
  const { name, title, persons, layout } = facts;
  const matches = (path: string) => file.test(path);
  return { name, title, example, matches, read };

  async function read(entries: readonly RecordingFile[], keep: KeepPositions = keepInMemory): Promise<Dataset> {
    const found: (Sample & { readonly written: string })[] = [];
    for (const entry of entries.filter(({ path }) => matches(path)).sort((a, b) => compareCodeUnits(a.path, b.path))) {
      for await (const recording of readRecordings(entry)) {
        const { label, part, subject = '', joints } = recording;
        if (label === undefined || joints !== layout.joints.length) throw unfit(entry.path, part, layout.joints.length);
        const id = part === '' ? entry.path : part;
        found.push(keep({ id, subject, label: 0, written: label, ...withPersons(recording, persons) }));
      }
    }
    const classes = [...new Set(found.map(({ written }) => written))].sort();
    const samples = found.map((one) => withFacts(one, { label: classes.indexOf(one.written) }));
    return { ...facts, classes, samples, splits: splits(samples), skipped: [] };
  }
}

/** Florence 3D Actions: one text of all recordings; each subject in turn tests. */
export const florence3d = labelledSet({
  name: 'florence-3d',
  title: 'Florence 3D Actions: nine actions of ten subjects',
  example: 'Florence_dataset_WorldCoordinates.txt',
  file: /(?:^|\/)Florence_dataset_WorldCoordinates\.txt$/,
  licence: 'for research (its authors)',
  citation:
    'L. Seidenari, V. Varano, S. Berretti, A. Del Bimbo, P. Pala: Recognizing Actions from Depth Cameras as Weakly Aligned ' +
    'Multi-Part Bag-of-Poses. CVPR Workshops, 2013',
  layout: kinectV1Joints15,
  persons: 1,
  unit: 'millimetre',
  splits: splitsBySubject,
});

/** Kinetics-skeleton as ST-GCN gives it: a JSON file a clip, in a folder for training and one for validation. */
export const kineticsSkeleton = labelledSet({
  name: 'kinetics-skeleton',
  title: 'Kinetics-skeleton: 400 actions in films, 18 joints of OpenPose',
  example: 'kinetics_train/0abc.json beside kinetics_val',
  file: /(?:^|\/)kinetics_(?:train|val)\/[^/]+\.json$/,
  licence: 'for research (its authors)',
  citation:
    'S. Yan, Y. Xiong, D. Lin: Spatial Temporal Graph Convolutional Networks for Skeleton-Based Action Recognition. AAAI, 2018',
  layout: openposeCoco18,
  persons: 2,
  unit: 'normalised',
  splits: (samples) => [
    splitBy(samples, 'official', 'kinetics_train trains, kinetics_val tests.', ({ id }) =>
      id.includes('kinetics_val/'),
    ),
  ],
});

function unfit(source: string, place: string, joints: number): InputError {
  const expected = `recordings of ${joints} joints with a label`;
  return new InputError({
    source,
    place,
    expected,
    found: 'another',
    mend: 'Use the files as the data set publishes them.',
  });
}
