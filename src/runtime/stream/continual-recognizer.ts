import { ContinualNetwork } from '../network/continual-network.js';
import { TemporalNetwork } from '../network/temporal-network.js';
import { isLocal } from '../skeleton/frame-channels.js';
import { areFinite } from '../skeleton/lost.js';
import { Pipeline, standardise } from '../skeleton/pipeline.js';
import { softmax, type View } from '../view.js';
import type { Cells } from './cells.js';
import type { RecognizerEvent } from './options.js';
import { Recognizer } from './recognizer.js';

/**
 * Recognises classes in a stream, by a network over time or another. Where the features of a frame are the same in every
 * window, a cell costs one frame of the network instead of a whole clip; the answers are the same, to the bit.
 */
export class ContinualRecognizer extends Recognizer {
  private following: View | undefined;
  private stream: CellStream | undefined;

  /** Forgets the frames so far: nothing is recognised until enough of the window is seen again. */
  override reset(): RecognizerEvent | undefined {
    this.following = undefined;
    return super.reset();
  }

  protected override scoresOf(view: View, cells: Cells): readonly number[] {
    if (view !== this.following) [this.following, this.stream] = [view, cellStream(view)];
    return this.stream?.scores(cells) ?? super.scoresOf(view, cells);
  }
}

/** None where features depend on the rest of the window: by most pose steps, and by velocities, which begin at 0. */
function cellStream(view: View): CellStream | undefined {
  const { network, pipeline } = view;
  return isLocal(pipeline.options) && network instanceof TemporalNetwork ? new CellStream(view, network) : undefined;
}

/** The cells of a stream through a continual network. */
class CellStream {
  private readonly view: View;
  private readonly network: ContinualNetwork;
  /** Of a cell by itself. */
  private readonly pipeline: Pipeline;
  private pushed = 0;

  constructor(view: View, network: TemporalNetwork) {
    const { layout, persons, pipeline } = view;
    const still = { ...pipeline.options, pose: [{ step: 'resample', frames: 1 } as const] };
    this.view = view;
    this.network = new ContinualNetwork(network);
    this.pipeline = new Pipeline(still, layout, persons, network.needed);
  }

  /** Takes the cells that are new; undefined unless a whole window is known in which no joint is lost. */
  scores(cells: Cells): readonly number[] | undefined {
    const { complete, count, seen, window } = cells;
    // Cells are complete, but still change, where a node was not seen in the last frame.
    if (seen.some((time) => time !== seen[0])) return undefined;
    const fresh = complete - this.pushed;
    if (fresh > count) this.network.reset();
    const size = window.length / count;
    const cell = (i: number) => window.subarray(i * size, (i + 1) * size);
    let logits: Float64Array | undefined;
    for (let i = Math.max(count - fresh, 0); i < count; i++) logits = this.push(cell(i));
    this.pushed = complete;
    return logits && areFinite(logits) ? softmax(logits, this.view.temperature) : undefined;
  }

  private push(positions: Float32Array): Float64Array | undefined {
    const { network, pipeline, view } = this;
    if (!areFinite(positions)) {
      network.reset();
      return undefined;
    }
    const { persons, layout, tables } = view;
    const features = pipeline.features({ frames: 1, persons, joints: layout.joints.length, positions });
    return network.push(standardise(features, tables.mean, tables.inverseDeviation));
  }
}
