import cliProgress from 'cli-progress';
import { formatDuration, formatPercent, formatRate } from '../../core/format.js';
import type { RateAccuracy } from '../../evaluate/evaluate.js';
import type { TrainEvent } from '../../train/train.js';
import type { EpochReport } from '../../train/training.js';

/** Shows a training on stderr. */
export interface Progress {
  show(event: TrainEvent): void;
  stop(): void;
}

/** Epochs of a training, those that were done before, and the sequences that its accuracy is measured on. */
export interface Course {
  readonly epochs: number;
  readonly done: number;
  readonly on: 'test' | 'validation';
}

/** A bar where there is a terminal, else a line a minute and one at the end. */
export function createProgress(course: Course): Progress {
  return process.stderr.isTTY ? bar(course) : lines(course, (line) => console.error(line));
}

/** What a line of progress says. */
interface Facts {
  readonly epoch: number;
  readonly epochs: number;
  readonly loss?: number;
  /** On what, and at which rates. */
  readonly accuracy?: string;
  readonly left?: string;
}

/** The widest line, whatever the terminal: one that wraps would be repeated. */
const MOST_COLUMNS = 80;
const MOST_BAR = 20;
const LEAST_BAR = 4;

/** Within the columns: a bar of what is left beside the text; without room for one, the text without the loss. */
export function barLine({ epoch, epochs, loss, accuracy, left }: Facts, columns: number): string {
  const text = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');
  const said = loss === undefined ? undefined : `loss ${loss.toFixed(3)}`;
  const rest = text(accuracy, left && `${left} left`);
  const room = Math.min(columns, MOST_COLUMNS) - 1;
  const [whole, short] = [text(`${epoch}/${epochs}`, said, rest), text(`${epoch}/${epochs}`, rest)];
  const chosen = whole.length <= room ? whole : short.slice(0, room);
  const cells = Math.min(room - chosen.length - 1, MOST_BAR);
  if (cells < LEAST_BAR) return chosen;
  const full = Math.round((cells * Math.min(epoch, epochs)) / epochs);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${chosen}`;
}

/** Accuracy at the least rate and at the greatest, of those that are evaluated. */
function bar({ epochs, done, on }: Course): Progress {
  const format = (_: unknown, { value }: { value: number }, facts: Partial<Facts>) =>
    barLine({ ...facts, epoch: value, epochs }, process.stderr.columns || MOST_COLUMNS);
  const single = new cliProgress.SingleBar({ format, stream: process.stderr, hideCursor: true });
  const started = Date.now();
  single.start(epochs, done, {});
  return {
    show: (event) => {
      if (event.type === 'evaluation') {
        const { results } = event;
        const ends = results.length > 2 ? [results[0], results[results.length - 1]] : results;
        single.update({ accuracy: describeAccuracy(ends, on) });
        return;
      }
      const { epoch, loss } = event.report;
      single.update(epoch, { loss, left: timeLeft(event.report, started, done) });
    },
    stop: () => single.stop(),
  };
}

const MINUTE = 60_000;

/** A line a minute, each with the newest accuracy, and one after the last epoch. */
export function lines({ on }: Course, print: (line: string) => void): Progress {
  const started = Date.now();
  let printed = started;
  let accuracy: string | undefined;
  let first: number | undefined;
  return {
    show: (event) => {
      if (event.type === 'evaluation') {
        accuracy = describeAccuracy(event.results, on);
        return;
      }
      const { report } = event;
      first ??= report.epoch - 1;
      if (report.epoch < report.epochs && Date.now() - printed < MINUTE) return;
      printed = Date.now();
      print(describeEpoch(report, accuracy, timeLeft(report, started, first)));
    },
    stop: () => {},
  };
}

function describeEpoch({ epoch, epochs, loss }: EpochReport, accuracy: string | undefined, left: string): string {
  const parts = [`epoch ${epoch}/${epochs}`, `loss ${loss.toFixed(3)}`, accuracy, `${left} left`];
  return parts.filter(Boolean).join(' · ');
}

/** As long an epoch as those since `first` took, and never below zero, whatever the clock does. */
export function timeLeft(
  { epoch, epochs }: Pick<EpochReport, 'epoch' | 'epochs'>,
  started: number,
  first: number,
): string {
  const spent = Math.max(Date.now() - started, 0) / 1000;
  return formatDuration((spent * Math.max(epochs - epoch, 0)) / Math.max(epoch - first, 1));
}

function describeAccuracy(results: readonly RateAccuracy[], on: Course['on']): string {
  return `${on} ${results.map(({ rate, accuracy }) => `${formatPercent(accuracy)} at ${formatRate(rate)}`).join(', ')}`;
}
