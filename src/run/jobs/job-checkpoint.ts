import * as v from 'valibot';
import { damaged, type FileKind } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { openSealed, sealFile } from '../../core/sealed-file.js';
import { checkShape, describeIssue } from '../../skeleton/check-shape.js';
import { int, strictObject } from '../../skeleton/shapes.js';

/** A sealed file whose body is the checkpoints of the job's trainings, one after the other; all but the last are done. */
const KIND: FileKind = { magic: 'anyjobc', version: 1, title: 'the checkpoint of a job' };

const headerSchema = strictObject({
  job: v.string(),
  lengths: v.pipe(v.array(v.pipe(int, v.minValue(1))), v.minLength(1)),
});

/** @param job its checkpoint key; @param trainings files of `encodeCheckpoint` */
export function encodeJobCheckpoint(job: string, trainings: readonly Uint8Array[]): Uint8Array {
  return sealFile(KIND, { job, lengths: trainings.map(({ length }) => length) }, trainings);
}

/** @throws InputError on anything else, and on the checkpoint of another job */
export function decodeJobCheckpoint(job: string, bytes: Uint8Array, source: string): Uint8Array[] {
  const { header, body } = openSealed(KIND, bytes, source);
  const { success, data, issues } = checkShape(headerSchema, header);
  if (!success) {
    const { place, expected, found } = describeIssue(issues[0]);
    throw damaged(source, `header, ${place}`, expected, found);
  }
  if (data.job !== job) {
    const mend = 'Delete it to train from the start.';
    throw new InputError({ source, expected: `the checkpoint of job ${job}`, found: `that of ${data.job}`, mend });
  }
  const ends = data.lengths.map((_, i) => data.lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0));
  if (ends.at(-1) !== body.length) throw damaged(source, 'lengths', `${body.length} bytes`, String(ends.at(-1)));
  return ends.map((end, i) => body.subarray(end - data.lengths[i], end));
}
