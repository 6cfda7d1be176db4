/** One recorded sequence of a file in any format, in the joints that a model wants. */
import { aFile, checkArguments, objectWith, optionsOf } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
import type { Layout } from '../skeleton/layouts/layout.js';
import type { Description } from './folder/description.js';
import { inLayout } from './folder/resolve-layout.js';
import { toPositions } from './folder/to-positions.js';
import type { FileHead, RecordingFile, RecordingFormat } from './formats/format.js';
import { readBy } from './formats/formats.js';
import { readHead, recogniseFormat } from './formats/open.js';
import type { Recording } from './formats/recording.js';
import { readText } from './formats/text.js';
import { countColumns } from './published/number-table.js';
import type { SequenceShape } from './sequence-file.js';

/** What dataset.json says of how recordings are written. */
export type Writing = Pick<Description, 'zeroIsLost' | 'mirrored' | 'aspect' | 'unit' | 'framesPerSecond'>;

const anyWriting = optionsOf<Writing>({
  zeroIsLost: true,
  mirrored: true,
  aspect: true,
  unit: true,
  framesPerSecond: true,
});

/** What a model expects of a sequence, its joints by name. */
export interface ModelShape extends SequenceShape {
  readonly layout: Layout;
}

/**
 * Reads the one sequence of a file, in whichever format it is: joints are found by their names, and persons who are not there
 * are lost. Numbers without names, and files as the model's published set has them, are read as `parseSequence` does.
 * @throws InputError on a file of no sequence or of several, or one that lacks joints
 */
export async function readSequence(
  file: RecordingFile,
  shape: ModelShape,
  writing: Writing = { mirrored: false },
): Promise<SkeletonSequence> {
  checkArguments('readSequence', {
    file: [aFile, file],
    shape: [objectWith('persons, joints and a layout', 'persons', 'joints', 'layout'), shape],
    writing: [anyWriting, writing],
  });
  const head = await readHead(file);
  const format = await recogniseFormat(head);
  if (format === undefined || (await isPlain(head, format, shape))) {
    const { parseSequence } = await import('./sequence-file.js');
    return parseSequence(await readText(file), file.path, shape);
  }
  const recording = await onlyRecording(format, file);
  const { layout, persons } = shape;
  const { frames, seconds, framesPerSecond = writing.framesPerSecond } = recording;
  const joined = inLayout({ source: file.path, recording }, layout);
  const positions = toPositions({ positions: joined, recording, layout, persons, description: writing });
  const sequence = { frames, persons, joints: layout.joints.length, positions };
  if (seconds !== undefined) return { ...sequence, seconds };
  if (framesPerSecond === undefined) return sequence;
  return { ...sequence, seconds: Float64Array.from({ length: frames }, (_, frame) => frame / framesPerSecond) };
}

/** Keys of our JSON that say more than positions. */
const TELLING = /"(joints|layout|persons|seconds|framesPerSecond|unit)"/;

async function isPlain(
  { text }: FileHead,
  { name }: RecordingFormat,
  { persons, joints, format }: SequenceShape,
): Promise<boolean> {
  if (name === 'anyrate-json') return !TELLING.test(text);
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  if (!/^[-+\d.eE,\s]+$/.test(first)) return false;
  const { publishedSets } = await import('./published/published-sets.js');
  const table = publishedSets.find((set) => set.name === format)?.table;
  return [persons * joints * 3, table?.columns].includes(countColumns(first));
}

async function onlyRecording(format: RecordingFormat, file: RecordingFile): Promise<Recording> {
  const found: Recording[] = [];
  for await (const recording of readBy(format, file)) {
    found.push(recording);
    if (found.length > 1) throw notOne(file.path, 'several');
  }
  if (found.length === 1 && found[0].frames > 0 && found[0].joints > 0) return found[0];
  throw notOne(file.path, 'nobody in it');
}

function notOne(source: string, found: string): InputError {
  return new InputError({
    source,
    expected: 'one recording',
    found,
    mend: 'Give a file of one recording, or evaluate all of them: anyrate eval MODEL --data FILE.',
  });
}
