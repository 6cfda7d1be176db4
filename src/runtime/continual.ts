import { ContinualNetwork } from './network/continual-network.js';
import { TemporalNetwork } from './network/temporal-network.js';
import type { View } from './view.js';

/**
 * The network of a view frame by frame: a frame costs one frame instead of a whole clip. Its `push` takes the standardised
 * features of one frame, [joints][channels].
 * @throws RangeError on a network without time
 */
export function continual({ network }: View): ContinualNetwork {
  if (network instanceof TemporalNetwork) return new ContinualNetwork(network);
  throw new RangeError('view: expected a network over time');
}
