import { type Detection, detectedRecording, withAbsentFrames } from './detected.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue } from './format.js';
import { beginsAsJson, listOf, objectOf, readJson } from './json.js';
import { poseOfPoints } from './keypoints.js';

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
    const [document] = await readJson(file);
    const { data, label } = objectOf(document) ?? {};
    const frames = listOf(data);
    if (frames === undefined) throw badFile(file.path, 'data', 'a list of frames', describeValue(data), MEND);
    const byNumber = new Map<number, Detection[]>();
    for (const [i, frame] of frames.entries()) {
      const number = objectOf(frame)?.frame_index ?? i + 1;
      if (!Number.isSafeInteger(number)) {
        throw badFile(file.path, `data[${i}].frame_index`, 'a whole number', describeValue(number), MEND);
      }
      byNumber.set(number as number, skeletonsOf(frame, file.path, `data[${i}].skeleton`));
    }
    const inOrder = byNumber.size === 0 ? [] : withAbsentFrames(byNumber);
    yield detectedRecording(inOrder, { part: '', ...(typeof label === 'string' && { label }) }, file.path);
  },
};

function skeletonsOf(frame: unknown, source: string, place: string): Detection[] {
  const skeletons = listOf(objectOf(frame)?.skeleton);
  if (skeletons === undefined)
    throw badFile(source, place, 'a list of skeletons', describeValue(objectOf(frame)?.skeleton), MEND);
  return skeletons.map((skeleton, i) => {
    const { pose, score } = objectOf(skeleton) ?? {};
    return { pose: poseOfPoints(pose, score, source, `${place}[${i}].pose`) };
  });
}
