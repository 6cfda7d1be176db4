import cliProgress from 'cli-progress';
import { formatPercent, formatRate } from '../../core/format.js';
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

function bar(epochs: number, done: number): Progress {
  const format = '{bar} epoch {value}/{total} · loss {loss} · {accuracy} · {eta_formatted} left';
  const options = { format, stream: process.stderr, etaBuffer: 20, barsize: 24 };
  const single = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  single.start(epochs, done, { loss: '–', accuracy: 'accuracy –' });
  return {
    show: (event) => {
      if (event.type === 'evaluation') single.update({ accuracy: describeAccuracy(event.results) });
      else single.update(event.report.epoch, { loss: event.report.loss.toFixed(3) });
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

function describeEpoch({ epoch, epochs, loss }: EpochReport, accuracy: string, started: number, first: number): string {
  const left = (((Date.now() - started) / 1000) * (epochs - epoch)) / (epoch - first);
  return `epoch ${epoch}/${epochs} · loss ${loss.toFixed(3)} · ${accuracy} · ${Math.round(left)} s left`;
}

function describeAccuracy(results: readonly RateAccuracy[]): string {
  return `accuracy ${results.map(({ rate, accuracy }) => `${formatPercent(accuracy)} at ${formatRate(rate)}`).join(', ')}`;
}
