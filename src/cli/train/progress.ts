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

/** A bar where there is a terminal, else a line at each evaluation. */
export function createProgress(epochs: number, done: number): Progress {
  return process.stderr.isTTY ? bar(epochs, done) : lines();
}

/** Fits a terminal of 80 columns: accuracy at the least rate and at the greatest, of those that are evaluated. */
function bar(epochs: number, done: number): Progress {
  const format = '{bar} {value}/{total} · loss {loss} · {accuracy} · {left} left';
  const options = { format, stream: process.stderr, barsize: 10 };
  const single = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  const started = Date.now();
  single.start(epochs, done, { loss: '–', accuracy: 'accuracy –', left: '–' });
  return {
    show: (event) => {
      if (event.type === 'evaluation') {
        const { results } = event;
        single.update({
          accuracy: describeAccuracy(results.length > 2 ? [results[0], results[results.length - 1]] : results),
        });
        return;
      }
      const { epoch, loss } = event.report;
      single.update(epoch, { loss: loss.toFixed(3), left: timeLeft(event.report, started, done) });
    },
    stop: () => single.stop(),
  };
}

function lines(): Progress {
  const started = Date.now();
  let accuracy: string | undefined;
  let first: number | undefined;
  return {
    show: (event) => {
      if (event.type === 'evaluation') {
        accuracy = describeAccuracy(event.results);
        return;
      }
      first ??= event.report.epoch - 1;
      if (accuracy !== undefined) console.error(describeEpoch(event.report, accuracy, started, first));
      accuracy = undefined;
    },
    stop: () => {},
  };
}

function describeEpoch(report: EpochReport, accuracy: string, started: number, first: number): string {
  const { epoch, epochs, loss } = report;
  return `epoch ${epoch}/${epochs} · loss ${loss.toFixed(3)} · ${accuracy} · ${timeLeft(report, started, first)} left`;
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

function describeAccuracy(results: readonly RateAccuracy[]): string {
  return `accuracy ${results.map(({ rate, accuracy }) => `${formatPercent(accuracy)} at ${formatRate(rate)}`).join(', ')}`;
}
