import cliProgress from 'cli-progress';
import { formatDuration, formatPercent } from '../../core/format.js';

/** How far the trainings of a trial are, on stderr: a line that changes where there is a terminal, else one a minute. */
export class TrialProgress {
  private started = 0;
  private printed = 0;
  private bar: cliProgress.SingleBar | undefined;

  /** @param share of the trial's trainings that is done, from 0 to 1 */
  show(share: number): void {
    const now = Date.now();
    if (this.started === 0) this.begin(now);
    const text = describeShare(share, now - this.started);
    if (this.bar !== undefined) this.bar.update(share, { text });
    else if (now - this.printed >= MINUTE) {
      this.printed = now;
      console.error(text);
    }
  }

  /** Where the trial is over, or interrupted. */
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
    this.started = 0;
  }

  private begin(now: number): void {
    this.started = now;
    this.printed = now;
    if (!process.stderr.isTTY) return;
    const options = { format: '{text}', stream: process.stderr, hideCursor: true, clearOnComplete: true };
    this.bar = new cliProgress.SingleBar(options);
    this.bar.start(1, 0, { text: '' });
  }
}

const MINUTE = 60_000;

/** `Trial: 40.0 %, 3 min left`: as long again for what is left as the rest took. */
export function describeShare(share: number, milliseconds: number): string {
  const left = share > 0 ? `, ${formatDuration(((milliseconds / 1000) * (1 - share)) / share)} left` : '';
  return `Trial: ${formatPercent(share)}${left}`;
}
