import { InputError } from '../../core/errors.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { fphaHand } from '../../skeleton/layouts/hands.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import { readText } from '../formats/text.js';
import { type OfficialSplit, parseOfficialSplit } from './fpha-split.js';
import { parseNumberTable } from './number-table.js';
import { type Identity, readSamples, type TableSet } from './published-set.js';

const FILE_PATH = /(?:^|\/)((Subject_\d+)\/([^/]+)\/\d+)\/skeleton\.txt$/;
const SPLIT_FILE = 'data_split_action_recognition.txt';
const JOINTS = fphaHand.joints.length;
const COLUMNS = 1 + JOINTS * 3;

/** First-Person Hand Action: a line per frame, its number, then 21 x 3 millimetres in the world's frame. */
export const fpha: TableSet = {
  name: 'fpha',
  title: 'First-Person Hand Action Benchmark',
  example: 'Hand_pose_annotation_v1/Subject_1/open_juice_bottle/2/skeleton.txt',
  matches: (path) => FILE_PATH.test(path),
  read,
  table: { columns: COLUMNS, parse },
};

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const official = await readOfficialSplit(entries);
  const identify = (path: string): Identity => identifyPath(path, official);
  const { samples, skipped } = await readSamples(fpha, entries, identify, emptyFile);
  return {
    name: fpha.name,
    title: fpha.title,
    licence: 'research only; not to be redistributed (terms of its authors)',
    citation:
      'G. Garcia-Hernando, S. Yuan, S. Baek, T.-K. Kim: First-Person Hand Action Benchmark with RGB-D Videos and ' +
      '3D Hand Pose Annotations. CVPR, 2018',
    layout: fphaHand,
    persons: 1,
    unit: 'millimetre',
    classes: official.classes,
    samples,
    splits: splitsOf(samples, toSplit(samples, new Set(skipped.map(({ id }) => id)), official)),
    skipped,
  };
}

function parse(text: string, source: string): SkeletonSequence {
  const { rows, values } = parseNumberTable(text, source, COLUMNS, 'frame number, then 21 joints x 3');
  const positions = new Float32Array(rows * (COLUMNS - 1));
  for (let row = 0; row < rows; row++) {
    positions.set(values.subarray(row * COLUMNS + 1, (row + 1) * COLUMNS), row * (COLUMNS - 1));
  }
  return { frames: rows, persons: 1, joints: JOINTS, positions };
}

/** Three files of the published set are empty. */
function emptyFile(text: string): string | undefined {
  return text.trim() === '' ? 'empty in the published data set' : undefined;
}

async function readOfficialSplit(entries: readonly RecordingFile[]): Promise<OfficialSplit> {
  const entry = entries.find(({ path }) => path === SPLIT_FILE || path.endsWith(`/${SPLIT_FILE}`));
  if (entry !== undefined) return parseOfficialSplit(await readText(entry), entry.path);
  throw new InputError({
    source: SPLIT_FILE,
    expected: 'the official split beside Hand_pose_annotation_v1',
    found: 'no such file in the folder',
    mend: 'Give the folder that holds both, as the data set is published.',
  });
}

function identifyPath(path: string, official: OfficialSplit): Identity {
  const [, id, subject, action] = FILE_PATH.exec(path)!;
  const label = official.classes.indexOf(action);
  if (label >= 0) return { id, subject, label };
  throw new InputError({
    source: path,
    place: 'action folder',
    expected: `one of the ${official.classes.length} actions of ${SPLIT_FILE}`,
    found: `"${action}"`,
    mend: 'Rename the folder as the data set documents it, or leave it out.',
  });
}

function toSplit(samples: readonly Sample[], skipped: ReadonlySet<string>, official: OfficialSplit): Split {
  const indices = new Map(samples.map(({ id }, index) => [id, index]));
  const indicesOf = (ids: readonly string[]): number[] =>
    ids.filter((id) => !skipped.has(id)).map((id) => indices.get(id) ?? missing(id));
  return {
    name: 'official',
    description: 'The 1:1 protocol of the authors (action recognition): 600 sequences train, 575 test.',
    train: indicesOf(official.train),
    test: indicesOf(official.test),
  };
}

/** The official split, and the same without the test sequences that are byte for byte those of training. */
function splitsOf(samples: readonly Sample[], official: Split): Split[] {
  const contentOf = (index: number) => samples[index].positions.join(' ');
  const trained = new Set(official.train.map(contentOf));
  const test = official.test.filter((index) => !trained.has(contentOf(index)));
  const description = 'The same, without the test sequences that are identical to one of training.';
  return [official, { ...official, name: 'official-unique', description, test }];
}

function missing(id: string): never {
  throw new InputError({
    source: SPLIT_FILE,
    place: id,
    expected: `a file ${id}/skeleton.txt`,
    found: 'none',
    mend: 'Unpack the whole data set.',
  });
}
