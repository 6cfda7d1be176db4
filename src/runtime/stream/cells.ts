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
  /** Cells that were begun since the window was empty; the last one is not complete. */
  private begun = 0;
  private readonly nodes: number;
  /** Seconds. */
  private readonly width: number;
  private readonly isHeld: boolean;
  /** Twice as many cells as a window has, and one: [cells][nodes][x, y, z]; the newest is moved to the front when it is full. */
  private readonly positions: Float32Array;
  /** Seconds that are in each mean, [cells][nodes]. */
  private readonly weights: Float32Array;
  /** What `positions` holds from each place on, as long as a window. */
  private readonly windows: readonly Float32Array[];
  /** Where each node was seen last, and when. */
  private readonly last: Float32Array;
  readonly seen: Float64Array;
  /** Place of the newest cell, and when the first cell of the window began. */
  private place = 0;
  private origin = 0;

  /** @param seconds that one cell lasts; @param isHeld a joint stands still between two frames */
  constructor(count: number, nodes: number, seconds: number, isHeld: boolean) {
    this.count = count;
    this.nodes = nodes;
    this.width = seconds;
    this.isHeld = isHeld;
    const size = nodes * 3;
    const room = 2 * count + 1;
    this.positions = new Float32Array(room * size);
    this.weights = new Float32Array(room * nodes);
    this.windows = Array.from({ length: room - count }, (_, at) =>
      this.positions.subarray(at * size, (at + count) * size),
    );
    this.last = new Float32Array(size);
    this.seen = new Float64Array(nodes);
    this.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.begun = 0;
    this.place = this.count;
    this.positions.fill(LOST);
    this.weights.fill(0);
    this.seen.fill(-Infinity);
  }

  /** Takes where the nodes are at a time, [nodes][x, y, z]; gaps longer than `gap` seconds are not bridged. */
  add(positions: Float32Array, time: number, gap: number): void {
    if (this.begun === 0) this.origin = time;
    this.begin(Math.floor((time - this.origin) / this.width) + 1);
    const { last, seen, nodes } = this;
    for (let node = 0; node < nodes; node++) {
      if (Number.isNaN(positions[node * 3])) continue;
      this.write(node, positions, time - seen[node] <= gap ? seen[node] : time, time);
      for (let at = node * 3; at < node * 3 + 3; at++) last[at] = positions[at];
      seen[node] = time;
    }
  }

  /** Cells since the window was empty that are complete. */
  get complete(): number {
    return this.begun - 1;
  }

  /** The last complete cells, the oldest first, [cells][nodes][x, y, z]; valid until the next frame. */
  get window(): Float32Array {
    return this.windows[this.place - this.count];
  }

  /** Begins cells, of which those before the newest may have been passed over. */
  private begin(wanted: number): void {
    const { count, nodes, positions, weights } = this;
    const size = nodes * 3;
    const missing = Math.min(wanted - this.begun, count + 1);
    for (let i = 0; i < missing; i++) {
      if (++this.place === 2 * count + 1) {
        positions.copyWithin(0, (count + 1) * size);
        weights.copyWithin(0, (count + 1) * nodes);
        this.place = count;
      }
      positions.fill(LOST, this.place * size, (this.place + 1) * size);
      weights.fill(0, this.place * nodes, (this.place + 1) * nodes);
    }
    this.begun = wanted;
  }

  /** Mixes the way of a node from `since`, when it was seen last, to now into the means of the cells on it. */
  private write(node: number, positions: Float32Array, since: number, time: number): void {
    const { origin, width, begun, place, count, nodes, weights, positions: means, last } = this;
    const newest = begun - 1;
    for (let cell = Math.max(Math.floor((since - origin) / width), newest - count); cell <= newest; cell++) {
      const start = Math.max(since, origin + cell * width);
      const end = Math.min(time, origin + (cell + 1) * width);
      const share = since === time ? 1 : this.isHeld ? 0 : ((start + end) / 2 - since) / (time - since);
      const index = (place - newest + cell) * nodes + node;
      weights[index] += end - start;
      const part = (end - start) / weights[index] || 0;
      for (let axis = 0; axis < 3; axis++) {
        const [at, to] = [node * 3 + axis, index * 3 + axis];
        const value = last[at] + share * (positions[at] - last[at]);
        means[to] = Number.isNaN(means[to]) ? value : means[to] + part * (value - means[to]);
      }
    }
  }
}
