import { mean } from '../../core/math.js';
import type { Movement } from '../../runtime/stream/spotter.js';
import { type AnsweredStream, coveredTime, matchMovements, type Protocol, sharedTime } from './match.js';

/** What was found of one class. */
export interface ClassFound {
  readonly label: number;
  readonly segments: number;
  readonly found: number;
  /** Movements of this class that find no segment. */
  readonly falsePositives: number;
}

/** How well the movements of streams were found. */
export interface StreamScore {
  readonly streams: number;
  readonly segments: number;
  readonly found: number;
  /** Share of the segments that is found. */
  readonly detection: number;
  /** Movements that find no segment: of a wrong class, in the wrong place, or of a segment that is found already. */
  readonly falsePositives: number;
  /** False positives for each segment; 0 without segments. */
  readonly falsePositiveRate: number;
  /** Of the false positives, those that share no time with any segment. */
  readonly falseAlarms: number;
  /** Minutes outside of all segments. */
  readonly minutesBetween: number;
  /** False alarms in a minute outside of all segments; 0 if there is no such time. */
  readonly alarmsPerMinute: number;
  /** Mean over streams of the mean over classes of shared time by covered time, of segments and movements of the class. */
  readonly jaccard: number;
  /** Seconds from the start of a found segment to the early answer; 0 if none is found. */
  readonly delay: { readonly median: number; readonly mean: number };
  /** Of classes with segments or movements, by their index. */
  readonly classes: readonly ClassFound[];
}

interface Judged extends AnsweredStream {
  /** Of each movement. */
  readonly matches: readonly number[];
}

/** Scores the movements of several streams together; every segment counts alike. */
export function scoreStreams(streams: readonly AnsweredStream[], protocol: Protocol): StreamScore {
  const judged = streams.map((stream): Judged => ({ ...stream, matches: matchMovements(stream, protocol) }));
  const segments = judged.flatMap((stream) => stream.segments);
  const falseOnes = judged.flatMap((stream) => unmatched(stream).map((movement) => ({ movement, stream })));
  const delays = judged.flatMap(delaysOf).toSorted((a, b) => a - b);
  const falseAlarms = falseOnes.filter(({ movement, stream }) => isOutside(movement, stream)).length;
  const minutesBetween =
    judged.reduce((sum, stream) => sum + Math.max(0, stream.seconds - coveredTime(stream.segments)), 0) / 60;
  return {
    streams: streams.length,
    segments: segments.length,
    found: delays.length,
    detection: share(delays.length, segments.length),
    falsePositives: falseOnes.length,
    falsePositiveRate: share(falseOnes.length, segments.length),
    falseAlarms,
    minutesBetween,
    alarmsPerMinute: share(falseAlarms, minutesBetween),
    jaccard: mean(judged.map(jaccardOf)),
    delay: { median: medianOf(delays), mean: mean(delays) },
    classes: classesOf(judged),
  };
}

function unmatched({ movements, matches }: Judged): Movement[] {
  return movements.filter((_, i) => matches[i] < 0);
}

function delaysOf({ segments, movements, matches }: Judged): number[] {
  return movements.flatMap(({ known }, i) => (matches[i] < 0 ? [] : [known - segments[matches[i]].start]));
}

function isOutside(movement: Movement, { segments }: AnsweredStream): boolean {
  return segments.every((segment) => movement.end < segment.start || movement.start > segment.end);
}

/** 1 where nothing happens and nothing is answered. */
function jaccardOf({ segments, movements }: AnsweredStream): number {
  const labels = labelsOf(segments, movements);
  if (labels.length === 0) return 1;
  return mean(
    labels.map((label) => {
      const [truth, answers] = [segments, movements].map((spans) => spans.filter((span) => span.label === label));
      const both = truth.flatMap((a) => answers.map((b) => sharedTime(a, b))).reduce((sum, time) => sum + time, 0);
      return share(both, coveredTime([...truth, ...answers]));
    }),
  );
}

function classesOf(judged: readonly Judged[]): ClassFound[] {
  const count = (label: number, pick: (stream: Judged) => readonly { readonly label: number }[]) =>
    judged.flatMap(pick).filter((one) => one.label === label).length;
  const labels = labelsOf(
    judged.flatMap(({ segments }) => segments),
    judged.flatMap(({ movements }) => movements),
  );
  return labels.map((label) => ({
    label,
    segments: count(label, ({ segments }) => segments),
    found: count(label, ({ movements, matches }) => movements.filter((_, i) => matches[i] >= 0)),
    falsePositives: count(label, unmatched),
  }));
}

function labelsOf(...lists: readonly (readonly { readonly label: number }[])[]): number[] {
  return [...new Set(lists.flat().map(({ label }) => label))].toSorted((a, b) => a - b);
}

function medianOf(sorted: readonly number[]): number {
  const { length } = sorted;
  return length === 0 ? 0 : (sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
