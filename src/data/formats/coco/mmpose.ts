import { type Detection, detectedRecording, withAbsentFrames } from '../detected.js';
import { badFile, describeValue } from '../format.js';
import { listOf, objectOf } from '../json.js';
import { poseOfPoints } from '../keypoints.js';
import type { Recording } from '../recording.js';

const MEND = 'Write the predictions with mmpose again.';

/** Whether a list is the instance_info of mmpose: frames with instances, or the instances of one picture. */
export function isInstanceInfo(list: readonly unknown[]): boolean {
  const first = objectOf(list[0]);
  return first !== undefined && ('instances' in first || 'keypoint_scores' in first);
}

/**
 * @param document the whole file, of which `meta_info` may name the joints
 * @param info frames with instances, or the instances of one picture
 */
export function* mmposeRecordings(document: unknown, info: readonly unknown[], source: string): Generator<Recording> {
  const isPicture = !('instances' in (objectOf(info[0]) ?? {}));
  const key = objectOf(document) === undefined ? '' : 'instance_info';
  const frames = new Map<number, Detection[]>();
  if (isPicture) frames.set(0, instancesOf(info, source, key));
  for (const [i, frame] of isPicture ? [] : info.entries()) {
    const { frame_id: id = i, instances } = objectOf(frame) ?? {};
    const place = `${key}[${i}]`;
    if (!Number.isSafeInteger(id))
      throw badFile(source, `${place}.frame_id`, 'a whole number', describeValue(id), MEND);
    const list = listOf(instances);
    if (list === undefined) throw badFile(source, `${place}.instances`, 'a list', describeValue(instances), MEND);
    frames.set(id as number, instancesOf(list, source, `${place}.instances`));
  }
  yield detectedRecording(withAbsentFrames(frames), { part: '', ...jointNamesOf(document) }, source);
}

function instancesOf(instances: readonly unknown[], source: string, place: string): Detection[] {
  return instances.map((instance, i) => {
    const { keypoints, keypoint_scores: scores, track_id: track } = objectOf(instance) ?? {};
    const pose = poseOfPoints(keypoints, scores, source, `${place}[${i}].keypoints`);
    return typeof track === 'number' && track >= 0 ? { pose, track } : { pose };
  });
}

function jointNamesOf(document: unknown): { readonly jointNames?: readonly string[] } {
  const names = objectOf(objectOf(objectOf(document)?.meta_info)?.keypoint_id2name);
  return names === undefined ? {} : { jointNames: Object.values(names).map(String) };
}
