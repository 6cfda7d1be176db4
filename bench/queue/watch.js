// Who works on what, from what workers say; and how long it takes until others take up what a worker left that was killed.

export class Watch {
  /** Process ids by the names of the jobs that they are at. */
  at = new Map();
  /** When the worker of a job was killed. */
  left = new Map();
  detections = [];
  resumed = 0;

  listen({ pid, stderr }) {
    let rest = '';
    stderr.on('data', (text) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop();
      for (const line of lines) this.read(line, pid);
    });
  }

  read(line, pid) {
    const [, job, what] = /^(\S+): (begun|resumed|done|given|left|lost|failed|cancelled)/.exec(line) ?? [];
    if (job === undefined) return;
    if (what === 'resumed') this.resumed++;
    else if (what !== 'begun') this.leave(job, pid);
    else this.begin(job, pid);
  }

  begin(job, pid) {
    const since = this.left.get(job);
    if (since !== undefined) this.detections.push((performance.now() - since) / 1000);
    this.left.delete(job);
    this.at.set(job, pid);
  }

  leave(job, pid) {
    if (this.at.get(job) === pid) this.at.delete(job);
  }

  isBusy(pid) {
    return [...this.at.values()].includes(pid);
  }

  /** Notes when it happened for each of its jobs. */
  killed(pid) {
    for (const [job, holder] of this.at) {
      if (holder !== pid) continue;
      this.at.delete(job);
      this.left.set(job, performance.now());
    }
  }

  /** Seconds are those from a kill to the moment when another has begun. */
  facts() {
    const sorted = this.detections.toSorted((a, b) => a - b).map((seconds) => Math.round(seconds * 10) / 10);
    return { takenUp: sorted.length, resumedFromCheckpoints: this.resumed, detectionSeconds: sorted };
  }
}
