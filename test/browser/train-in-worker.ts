// Runs in a Worker of the test page: trains on the data set of the test for a few epochs and answers with the model's bytes.
import { createTraining, decodeAnyset, encodeModel, parseRecipe, prepareBrowserWorkers } from '../../src/browser.js';

interface Order {
  readonly recipe: unknown;
  readonly epochs: number;
  readonly threads: number;
  /** Threads that are prepared and not used. */
  readonly spare: number;
}

self.onmessage = async ({ data: { recipe, epochs, threads, spare } }: MessageEvent<Order>) => {
  const response = await fetch('/set.anyset');
  const dataset = decodeAnyset(new Uint8Array(await response.arrayBuffer()), 'set.anyset');
  const startWorkers = await prepareBrowserWorkers(threads - 1 + spare);
  const options = startWorkers === undefined ? {} : { threads, startWorkers };
  const training = createTraining(parseRecipe(recipe, 'recipe', { epochs }), dataset, options);
  while (!training.done) training.runEpoch();
  self.postMessage({ isolated: globalThis.crossOriginIsolated, bytes: encodeModel(training.model()) });
  training.close();
};
