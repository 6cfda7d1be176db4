import * as v from 'valibot';
import { aCheckpoint, aText, aTraining, checkArguments, optionsOf, someBytes } from '../core/arguments.js';
import { ByteReader, checksum, damaged, type FileKind, float32Bytes, float64Bytes } from '../core/bytes.js';
import { InputError } from '../core/errors.js';
import { openSealed, sealFile } from '../core/sealed-file.js';
import { TRAINING_REVISION } from '../core/version.js';
import { fingerprint } from '../data/dataset.js';
import { checkShape, describeIssue } from '../skeleton/check-shape.js';
import { int, number, strictObject } from '../skeleton/shapes.js';
import { firstNotation } from './recipe/migrate.js';
import type { TrainingState } from './state.js';
import type { Training } from './training.js';

/** A sealed file whose body is the schedule's state (float64), then all arrays of the training, little-endian. */
const KIND: FileKind = { magic: 'anyckpt', version: 3, title: 'a checkpoint of anyrate' };

/** Of a training between two epochs, whose header has no loss. */
const BETWEEN_EPOCHS: FileKind = { ...KIND, version: 2 };

/** No copy of a checkpoint is elsewhere, and none is needed. */
const ANEW = 'Delete it to train from the start.';

const count = v.pipe(int, v.minValue(0));

const headerSchema = strictObject({
  identity: v.string(),
  epoch: count,
  step: count,
  loss: v.optional(number, 0),
  seconds: v.pipe(number, v.minValue(0)),
  logBytes: count,
  schedule: count,
  arrays: v.array(strictObject({ type: v.picklist(['float32', 'float64']), length: count })),
});

/** A training between two steps. */
export interface Checkpoint {
  /** `trainingIdentity` of the training it belongs to. */
  readonly identity: string;
  readonly state: TrainingState;
  /** Time spent so far. */
  readonly seconds: number;
  /** Length of the run's log at that moment. */
  readonly logBytes: number;
}

const anyFacts = optionsOf<Pick<Checkpoint, 'seconds' | 'logBytes'>>({ seconds: true, logBytes: true });

/**
 * Where a training is between two steps; nothing of it changes while the training goes on.
 * @param facts of the run that the training belongs to, if it has a log or a clock
 * @example
 * const recipe = loadRecipe('irds', { epochs: 2 });
 * const dataset = await loadDataset('irds');
 * const training = createTraining(recipe, dataset);
 * training.runEpoch();
 * const bytes = encodeCheckpoint(takeCheckpoint(training)); // keep them: in a file, in IndexedDB
 * const later = createTraining(recipe, dataset);
 * restoreCheckpoint(later, decodeCheckpoint(bytes, 'kept'), 'kept'); // goes on as if it had not stopped
 */
export function takeCheckpoint(
  training: Training,
  facts: Partial<Pick<Checkpoint, 'seconds' | 'logBytes'>> = {},
): Checkpoint {
  checkArguments('takeCheckpoint', { training: [aTraining, training], facts: [anyFacts, facts] });
  const { seconds = 0, logBytes = 0 } = facts;
  return { identity: trainingIdentity(training), state: training.snapshot(), seconds, logBytes };
}

/** Tells whether two trainings have the same recipe and data, and the same bits then. */
export function trainingIdentity({ recipe, dataset }: Training): string {
  return checksum(JSON.stringify([TRAINING_REVISION, firstNotation(recipe), fingerprint(dataset)]));
}

/** A checkpoint as a file: a header in JSON and the arrays after it, with a checksum. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  checkArguments('encodeCheckpoint', { checkpoint: [aCheckpoint, checkpoint] });
  const { state, ...facts } = checkpoint;
  const { epoch, step, loss, schedule, arrays } = state;
  const table = arrays.map((array) => ({
    type: array instanceof Float32Array ? 'float32' : 'float64',
    length: array.length,
  }));
  return sealFile(KIND, { ...facts, epoch, step, loss, schedule: schedule.length, arrays: table }, [
    float64Bytes(schedule),
    ...arrays.map((array) => (array instanceof Float32Array ? float32Bytes(array) : float64Bytes(array))),
  ]);
}

/** Reads a file of `encodeCheckpoint`. @throws InputError on anything else */
export function decodeCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  checkArguments('decodeCheckpoint', { bytes: [someBytes, bytes], source: [aText, source] });
  try {
    return readCheckpoint(bytes, source);
  } catch (error) {
    throw error instanceof InputError ? new InputError({ ...error.fault, mend: ANEW }) : error;
  }
}

function readCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  const kind = bytes[7] === BETWEEN_EPOCHS.version ? BETWEEN_EPOCHS : KIND;
  const { header, body } = openSealed(kind, bytes, source);
  const parsed = checkShape(headerSchema, header);
  if (!parsed.success) {
    const { place, expected, found } = describeIssue(parsed.issues[0]);
    throw damaged(source, `header, ${place}`, expected, found);
  }
  const { identity, seconds, logBytes, epoch, step, loss, schedule, arrays } = parsed.data;
  const reader = new ByteReader(body, source);
  const state = {
    epoch,
    step,
    loss,
    schedule: Array.from(reader.float64s(schedule, 'schedule')),
    arrays: arrays.map(({ type, length }, i) =>
      type === 'float32' ? reader.float32s(length, `array ${i}`) : reader.float64s(length, `array ${i}`),
    ),
  };
  reader.end('end');
  return { identity, state, seconds, logBytes };
}

/** Puts a training where its checkpoint was taken. @throws InputError if it belongs to another one */
export function restoreCheckpoint(training: Training, checkpoint: Checkpoint, source: string): void {
  checkArguments('restoreCheckpoint', {
    training: [aTraining, training],
    checkpoint: [aCheckpoint, checkpoint],
    source: [aText, source],
  });
  const { identity, state } = checkpoint;
  if (identity !== trainingIdentity(training)) {
    throw new InputError({
      source,
      expected: 'a checkpoint of this recipe on this data set',
      found: 'one of another recipe, other data or another version of anyrate',
      mend: 'Undo the changes to recipe.json and the data, or start a new training with another --out.',
    });
  }
  if (!training.fits(state)) {
    throw new InputError({ source, expected: 'the arrays of this training', found: 'others', mend: ANEW });
  }
  training.restore(state);
}
