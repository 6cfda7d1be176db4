import { openContainer, parseHeader } from '../../runtime/file/container.js';
import type { RuntimeHeader } from '../../runtime/file/header.js';
import { readFileNumbers } from '../../runtime/file/read.js';
import { planNetwork } from '../../runtime/network/plan.js';
import { layerKinds } from '../../runtime/network/products.js';
import { temporalKinds } from '../../runtime/network/temporal-layers.js';
import { TemporalNetwork } from '../../runtime/network/temporal-network.js';
import { channelSteps } from '../../runtime/skeleton/channels.js';
import { frameSteps } from '../../runtime/skeleton/frame-channels.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { networks, View } from '../../runtime/view.js';

export { ContinualRecognizer } from '../../runtime/stream/continual-recognizer.js';
export { OneEuroFilter } from '../../runtime/stream/one-euro.js';
export { Recognizer } from '../../runtime/stream/recognizer.js';
export { Spotter } from '../../runtime/stream/spotter.js';

/**
 * Opens the model inside a standalone module: the runtime without what only files from elsewhere need. It is bundled,
 * taken apart by scripts/build-exports.js, and put together again with what a network needs.
 */
export function open(base64: string): View {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const container = openContainer(bytes);
  const header = parseHeader(container) as RuntimeHeader;
  const pipeline = new Pipeline(header.preprocessing, header.layout, header.persons);
  const plan = planNetwork(header.layers, pipeline.input, header.classes.length);
  const numbers = readFileNumbers(bytes, container, header, plan);
  return new View({ header, pipeline, plan }, numbers, numbers.rate);
}

/** The same of a model over time, as runtime/temporal.ts does it. */
export function openOverTime(base64: string): View {
  Object.assign(layerKinds, temporalKinds);
  Object.assign(channelSteps, frameSteps);
  networks.push(TemporalNetwork);
  return open(base64);
}
