import { type Detection, detectedRecording, withAbsentFrames } from './detected.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue, wholeBytes } from './format.js';
import { beginsAsJson, listOf, MOST_JSON_BYTES, objectOf, readJson } from './json.js';
import { poseOfPoints } from './keypoints.js';
import { type KineticsClip, scanKineticsClip } from './kinetics-clip.js';

const MEND = 'Copy the file again from its source, or leave it out.';

/** Kinetics-skeleton (ST-GCN): {"data": [{"frame_index", "skeleton": [{"pose", "score"}]}], "label"}, 18 joints of OpenPose. */
export const format: RecordingFormat = {
  name: 'kinetics-skeleton',
  title: 'Kinetics-skeleton JSON of ST-GCN, one file per clip',
  recognise: (head: FileHead) =>
    beginsAsJson(head) &&
    /"frame_index"\s*:|"data"\s*:\s*\[[^[]*"skeleton"\s*:/.test(head.text) &&
    /"skeleton"\s*:/.test(head.text),
  async *read(file: RecordingFile) {
    const { frames, label } = scanKineticsClip(await wholeBytes(file, MOST_JSON_BYTES)) ?? (await clipOfJson(file));
    const inOrder = frames.size === 0 ? [] : withAbsentFrames(frames);
    yield detectedRecording(inOrder, { part: '', ...(label !== undefined && { label }) }, file.path);
  },
};

/** However it is written; says what is wrong where it is not right. */
async function clipOfJson(file: RecordingFile): Promise<KineticsClip> {
  const [document] = await readJson(file);
  const { data, label } = objectOf(document) ?? {};
  const list = listOf(data);
  if (list === undefined) throw badFile(file.path, 'data', 'a list of frames', describeValue(data), MEND);
  const frames = new Map<number, Detection[]>();
  for (const [i, frame] of list.entries()) {
    const number = objectOf(frame)?.frame_index ?? i + 1;
    if (!Number.isSafeInteger(number)) {
      throw badFile(file.path, `data[${i}].frame_index`, 'a whole number', describeValue(number), MEND);
    }
    frames.set(number as number, skeletonsOf(frame, file.path, `data[${i}].skeleton`));
  }
  return typeof label === 'string' ? { frames, label } : { frames };
}

function skeletonsOf(frame: unknown, source: string, place: string): Detection[] {
  const skeletons = listOf(objectOf(frame)?.skeleton);
  if (skeletons === undefined)
    throw badFile(source, place, 'a list of skeletons', describeValue(objectOf(frame)?.skeleton), MEND);
  return skeletons.map((skeleton, i) => {
    const { pose, score } = objectOf(skeleton) ?? {};
    return { pose: poseOfPoints(pose, score, source, `${place}[${i}].pose`) };
  });
}
