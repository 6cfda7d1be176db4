// From detections to clips; no DOM.
import { type Clip, FEWEST_FRAMES, withoutRest } from '../clip.js';
import type { Detection } from './detector/detector.js';
import type { SubjectShape } from './detector/landmarks.js';

/** Ordinary motion is cut into pieces about as long as a movement, in seconds. */
const PIECE = 2;

/** Collects detections while somebody performs. */
export class Recorder {
  private readonly shape: SubjectShape;
  private readonly detections: Detection[] = [];

  constructor(shape: SubjectShape) {
    this.shape = shape;
  }

  add(detection: Detection): void {
    this.detections.push(detection);
  }

  /** Seconds that were recorded. */
  get seconds(): number {
    const { detections } = this;
    return detections.length < 2 ? 0 : detections.at(-1)!.seconds - detections[0].seconds;
  }

  /** The movement without the rest around it; none where nobody was seen. */
  movement(label: string, person: string): Omit<Clip, 'id'>[] {
    const clip = this.clipOf(this.detections, label, person);
    return clip === undefined ? [] : [withoutRest({ ...clip, id: '' })].map(({ id: _, ...kept }) => kept);
  }

  /** Ordinary motion, in pieces. */
  pieces(label: string, person: string): Omit<Clip, 'id'>[] {
    const [first] = this.detections;
    const pieces: Detection[][] = [];
    for (const detection of this.detections) {
      const place = Math.floor((detection.seconds - first.seconds) / PIECE);
      pieces[place] = [...(pieces[place] ?? []), detection];
    }
    return pieces.flatMap((piece) => this.clipOf(piece, label, person) ?? []);
  }

  /** From the first picture in which anything was seen to the last. */
  private clipOf(detections: readonly Detection[], label: string, person: string): Omit<Clip, 'id'> | undefined {
    const isSeen = ({ positions }: Detection) => positions.some((value) => !Number.isNaN(value));
    const [from, to] = [detections.findIndex(isSeen), detections.findLastIndex(isSeen)];
    if (from < 0 || to - from + 1 < FEWEST_FRAMES) return undefined;
    const seen = detections.slice(from, to + 1);
    const { persons, joints } = this.shape;
    const positions = new Float32Array(seen.length * persons * joints * 3);
    for (const [frame, detection] of seen.entries()) positions.set(detection.positions, frame * persons * joints * 3);
    const frames = seen.length;
    const seconds = Float64Array.from(seen, (detection) => detection.seconds - seen[0].seconds);
    return { label, person, source: 'camera', frames, persons, joints, positions, seconds, start: 0, end: frames };
  }
}
