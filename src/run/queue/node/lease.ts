/** Renewals in the time that a worker may be silent: some may be late or lost. */
const RENEWALS = 6;

/** Why a job is no longer ours to do. */
export type LossReason = 'lost' | 'cancelled';

/** What a lease asks the queue. */
export interface LeaseQuestions {
  /** Asks for another `milliseconds`; false where somebody else may have the job. */
  renew(milliseconds: number): Promise<boolean>;
  /** Whether the job was cancelled; nothing where there is no such job any more. */
  isCancelled(): Promise<boolean | undefined>;
}

/**
 * The right to work on one job: renewed while it is held, by this machine's monotonic clock, so that neither a wrong clock nor
 * one that is set takes it away. Where it was not renewed in time others may work on the job, and we must not.
 */
export class Lease {
  private readonly questions: LeaseQuestions;
  /** Milliseconds. */
  private readonly patience: number;
  private readonly timer: NodeJS.Timeout;
  private readonly controller = new AbortController();
  private readonly losing = new AbortController();
  private renewed = performance.now();
  private isAsking = false;

  /** @param patience seconds */
  constructor(questions: LeaseQuestions, patience: number) {
    this.questions = questions;
    this.patience = patience * 1000;
    this.timer = setInterval(() => void this.tick(), this.patience / RENEWALS);
  }

  /** Aborted when others may have the job. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Aborted when the job must be left. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get loss(): LossReason | undefined {
    return this.signal.aborted ? this.signal.reason : undefined;
  }

  /** Ends the renewals. */
  end(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (performance.now() - this.renewed > this.patience) return this.lose();
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.ask();
    } catch {
      // The database is out of reach or refuses: the next tick asks again.
    } finally {
      this.isAsking = false;
    }
  }

  private async ask(): Promise<void> {
    const asked = performance.now();
    if (!(await this.questions.renew(this.patience))) return this.lose();
    this.renewed = asked;
    const isCancelled = await this.questions.isCancelled();
    if (isCancelled === undefined) this.lose();
    else if (isCancelled && !this.signal.aborted) this.controller.abort('cancelled' satisfies LossReason);
  }

  private lose(): void {
    this.end();
    this.losing.abort();
    if (!this.signal.aborted) this.controller.abort('lost' satisfies LossReason);
  }
}
