import { listOf, objectOf } from '../json.js';

/** Where a picture belongs. */
export interface Picture {
  /** Video or folder; empty if there is but one. */
  readonly video: string;
  /** Its place in the video. */
  readonly frame: number;
  /** Width divided by height. */
  readonly aspect?: number;
}

/** The pictures that a data set lists, by their ids; in each video they are counted in the order of the list. */
export function picturesById(images: unknown): ReadonlyMap<unknown, Picture> {
  const pictures = new Map<unknown, Picture>();
  const counts = new Map<string, number>();
  for (const image of listOf(images) ?? []) {
    const { id, file_name: name, video_id: videoId, frame_id: frameId, width, height } = objectOf(image) ?? {};
    const video = videoId === undefined ? folderOf(name) : `video ${videoId}`;
    const count = counts.get(video) ?? 0;
    counts.set(video, count + 1);
    const frame = Number.isSafeInteger(frameId) ? (frameId as number) : count;
    const isSized = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0;
    pictures.set(id, { video, frame, ...(isSized && { aspect: width / height }) });
  }
  return pictures;
}

/** A picture of which only the id is known: a number, or a name such as `wave/000123.jpg`. */
export function pictureOf(id: unknown, order: number): Picture {
  const number = /(\d+)\D*$/.exec(`${id}`)?.[1];
  const frame = number === undefined ? order : Number(number);
  return { video: folderOf(id), frame: Number.isSafeInteger(frame) ? frame : order };
}

function folderOf(name: unknown): string {
  if (typeof name !== 'string') return '';
  const path = name.replaceAll('\\', '/');
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
