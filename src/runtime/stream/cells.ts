/** Nobody knows where a joint is: lost. */
const LOST = Number.NaN;

/**
 * The last seconds of a stream on a grid in time: cells of equal width, each of which holds the mean of every joint over its
 * span. Between two frames that saw a joint it moves in a straight line, or stands still, whatever their distance in time; so
 * the cells are nearly the same at any frame rate. A joint that no frame of a cell saw is NaN in it.
 *
 * The memory depends on the window alone, not on the frame rate, and nothing is allocated after the start.
 */
export class Cells {
  /** In a window. */
  readonly count: number;
  /** Cells since the window was empty that are complete; −1 if it is. */
  complete!: number;
  private readonly nodes: number;
  /** Seconds. */
  private readonly width: number;
  private readonly isHeld: boolean;
  /** Of the window's cells and the newest one, which is not complete: [cells][nodes][x, y, z]. */
  private readonly positions: Float32Array;
  /** Seconds that are in each mean, [cells][nodes]. */
  private readonly weights: Float32Array;
  /** The last complete cells, the oldest first, [cells][nodes][x, y, z]; valid until the next frame. */
  readonly window: Float32Array;
  /** Where each node was seen last, and when. */
  private readonly last: Float32Array;
  readonly seen: Float64Array;
  /** As much memory as a window, for what is made of it. */
  readonly room: Float32Array;
  /** When the first cell of the window began. */
  origin = 0;

  /** @param seconds that one cell lasts; @param isHeld a joint stands still between two frames */
  constructor(count: number, nodes: number, seconds: number, isHeld: boolean) {
    this.count = count;
    this.nodes = nodes;
    this.width = seconds;
    this.isHeld = isHeld;
    const size = nodes * 3;
    this.positions = new Float32Array((count + 1) * size);
    this.weights = new Float32Array((count + 1) * nodes);
    this.window = this.positions.subarray(0, count * size);
    this.last = new Float32Array(size);
    this.seen = new Float64Array(nodes);
    this.room = this.window.slice();
    this.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.complete = -1;
    this.positions.fill(LOST);
    this.weights.fill(0);
    this.seen.fill(-Infinity);
  }

  /** Takes where the nodes are at a time, [nodes][x, y, z]; gaps longer than `gap` seconds are not bridged. */
  add(positions: Float32Array, time: number, gap: number): void {
    if (this.complete < 0) this.origin = time;
    const { last, seen, nodes, origin, width, count, weights, isHeld, positions: means } = this;
    const newest = Math.floor((time - origin) / width);
    this.begin(newest);
    for (let node = 0; node < nodes; node++) {
      if (Number.isNaN(positions[node * 3])) continue;
      // The way from where it was seen last, unless that was too long ago, is mixed into the means of the cells on it.
      const since = time - seen[node] > gap ? time : seen[node];
      for (let cell = Math.max(Math.floor((since - origin) / width), newest - count); cell <= newest; cell++) {
        const start = Math.max(since, origin + cell * width);
        const end = Math.min(time, origin + (cell + 1) * width);
        const share = since === time ? 1 : isHeld ? 0 : ((start + end) / 2 - since) / (time - since);
        const index = (count - newest + cell) * nodes + node;
        weights[index] += end - start;
        const part = (end - start) / weights[index] || 0;
        for (let at = node * 3, to = index * 3; to < index * 3 + 3; at++, to++) {
          const value = last[at] + share * (positions[at] - last[at]);
          means[to] = Number.isNaN(means[to]) ? value : means[to] + part * (value - means[to]);
        }
      }
      for (let at = node * 3; at < node * 3 + 3; at++) last[at] = positions[at];
      seen[node] = time;
    }
  }

  /** Begins cells after so many complete ones, of which the newest may have been passed over. */
  private begin(complete: number): void {
    const { count, nodes, positions, weights } = this;
    const missing = Math.min(complete - this.complete, count + 1) * nodes;
    positions.copyWithin(0, missing * 3).fill(LOST, positions.length - missing * 3);
    weights.copyWithin(0, missing).fill(0, weights.length - missing);
    this.complete = complete;
  }
}
