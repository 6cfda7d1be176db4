import { isInstanceInfo, mmposeRecordings } from './coco/mmpose.js';
import { type Picture, pictureOf, picturesById } from './coco/pictures.js';
import { type Detection, detectedRecording, withAbsentFrames } from './detected.js';
import type { FileHead, RecordingFile, RecordingFormat } from './format.js';
import { badFile, describeValue } from './format.js';
import { beginsAsJson, listOf, objectOf, readJson } from './json.js';
import { poseOfTriples } from './keypoints.js';
import type { Recording } from './recording.js';

const MEND = 'Write COCO annotations, COCO results or instance_info of mmpose.';

/**
 * Keypoints of COCO's kind: annotations with images (a dataset), a list of results (also AlphaPose's), or the instance_info
 * of mmpose and RTMPose. Pictures of one video or folder are one recording.
 */
export const format: RecordingFormat = {
  name: 'coco-keypoints',
  title: 'COCO keypoints, results of AlphaPose, or instance_info of mmpose and RTMPose',
  recognise: (head: FileHead) =>
    beginsAsJson(head) && (/"keypoints"\s*:/.test(head.text) || /"(?:instance_info|annotations)"\s*:/.test(head.text)),
  async *read(file: RecordingFile) {
    const [document] = await readJson(file);
    const info = listOf(objectOf(document)?.instance_info) ?? listOf(document);
    if (info !== undefined && isInstanceInfo(info)) yield* mmposeRecordings(document, info, file.path);
    else yield* annotated(document, file.path);
  },
};

function* annotated(document: unknown, source: string): Generator<Recording> {
  const object = objectOf(document);
  const key = object === undefined ? '' : 'annotations';
  const annotations = object === undefined ? listOf(document) : listOf(object.annotations);
  if (annotations === undefined)
    throw badFile(source, key, 'a list of annotations', describeValue(object?.annotations), MEND);
  const videos = group(annotations, picturesById(object?.images), source, key);
  const facts = jointNamesOf(object);
  for (const [part, { picture, frames }] of videos) {
    const { aspect } = picture;
    yield detectedRecording(
      withAbsentFrames(frames),
      { part, ...facts, ...(aspect !== undefined && { aspect }) },
      source,
    );
  }
}

interface Video {
  readonly picture: Picture;
  readonly frames: Map<number, Detection[]>;
}

/** Annotations by video and frame. */
function group(
  annotations: readonly unknown[],
  pictures: ReadonlyMap<unknown, Picture>,
  source: string,
  key: string,
): Map<string, Video> {
  const videos = new Map<string, Video>();
  for (const picture of pictures.values()) frameOf(videos, picture);
  const numbers = new Map<unknown, number>();
  for (const [i, annotation] of annotations.entries()) {
    const object = objectOf(annotation) ?? {};
    const id = object.image_id;
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    const picture = pictures.get(id) ?? pictureOf(id, numbers.get(id)!);
    const pose = poseOfTriples(object.keypoints, source, `${key}[${i}].keypoints`);
    const track = object.track_id ?? listOf(object.idx)?.[0] ?? object.idx;
    frameOf(videos, picture).push(typeof track === 'number' ? { pose, track } : { pose });
  }
  return videos;
}

function frameOf(videos: Map<string, Video>, picture: Picture): Detection[] {
  const video = videos.get(picture.video) ?? { picture, frames: new Map<number, Detection[]>() };
  videos.set(picture.video, video);
  const frame = video.frames.get(picture.frame) ?? [];
  video.frames.set(picture.frame, frame);
  return frame;
}

function jointNamesOf(object: Readonly<Record<string, unknown>> | undefined): {
  readonly jointNames?: readonly string[];
} {
  const names = listOf(objectOf(listOf(object?.categories)?.[0])?.keypoints);
  return names?.every((name) => typeof name === 'string') ? { jointNames: names as readonly string[] } : {};
}
