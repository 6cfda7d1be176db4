import { openContainer, parseHeader } from '../../runtime/file/container.js';
import type { RuntimeHeader } from '../../runtime/file/header.js';
import { readFileNumbers } from '../../runtime/file/read.js';
import { planNetwork } from '../../runtime/network/plan.js';
import { Pipeline } from '../../runtime/skeleton/pipeline.js';
import { View } from '../../runtime/view.js';

export { Recognizer } from '../../runtime/stream/recognizer.js';

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
