// A frame of a stream through a network over time, against the clip of its last frames: three blocks of 48, 64 and 96
// channels (188 k weights), random weights, cut to 0.98. What a frame costs depends on how many weights are left, not on
// their values.
import { markdownTable } from 'markdown-table';
import '../dist/runtime/temporal.js';
import { Random } from '../dist/core/random.js';
import { ContinualNetwork } from '../dist/runtime/network/continual-network.js';
import { countWeights, planNetwork, productsOf } from '../dist/runtime/network/plan.js';
import { TemporalNetwork } from '../dist/runtime/network/temporal-network.js';
import { round, time } from './lib/measure.js';

const [FRAMES, JOINTS, CHANNELS, CLASSES] = [64, 20, 12, 10];
const RATES = [0.9, 0.98, 0.99];

const block = (filters) => [
  { kind: 'graph-convolution', heads: 3, filters, combine: 'sum', activation: 'relu' },
  {
    kind: 'temporal-convolution',
    filters,
    kernel: 9,
    stride: 1,
    dilation: 1,
    depthwise: false,
    residual: 2,
    activation: 'relu',
  },
];
const LAYERS = [...block(48), ...block(64), ...block(96), { kind: 'pool', over: 'both', activation: 'none' }];

function networkAt(rate, random) {
  const plan = planNetwork(LAYERS, { nodes: FRAMES * JOINTS, channels: CHANNELS, frames: FRAMES }, CLASSES);
  const products = productsOf(plan);
  const weights = countWeights(products);
  const latents = Float32Array.from({ length: weights }, () => random.normal());
  const kept = Math.round(weights * (1 - rate));
  const places = Uint32Array.from(
    [...latents.keys()].sort((a, b) => Math.abs(latents[b]) - Math.abs(latents[a])).slice(0, kept),
  ).sort();
  const biases = plan.map(({ output }) => new Float64Array(output.channels).fill(0.01));
  const scales = products.map(({ columns }) => 1 / Math.sqrt(columns));
  return { network: new TemporalNetwork(plan, latents, places, scales, biases), weights, kept };
}

export function benchContinual() {
  return RATES.map((rate) => {
    const random = new Random(1);
    const { network, weights, kept } = networkAt(rate, random);
    const continual = new ContinualNetwork(network);
    const size = JOINTS * CHANNELS;
    const stream = Float32Array.from({ length: 4 * FRAMES * size }, () => random.normal());
    const frames = Array.from({ length: 4 * FRAMES }, (_, f) => stream.subarray(f * size, (f + 1) * size));
    const push = time(
      () => {
        for (const frame of frames) continual.push(frame);
      },
      { count: 20 },
    );
    const clip = time(() => network.run(stream.subarray(0, FRAMES * size)), { count: 20 });
    const clipOperations = clipOperationsOf(network);
    return {
      rate,
      weights,
      kept,
      microsecondsAFrame: round((1000 * push.median) / frames.length, 1),
      leastMicrosecondsAFrame: round((1000 * push.least) / frames.length, 1),
      microsecondsAClip: round(1000 * clip.median, 0),
      operationsAFrame: continual.operations,
      operationsAClip: clipOperations,
    };
  });
}

/** Multiply-accumulates of the non-zeros for a whole clip, without the pool. */
function clipOperationsOf({ numbers: { plan, places } }) {
  let [start, next, sum] = [0, 0, 0];
  for (const { rows, columns, width, count } of productsOf(plan)) {
    const end = start + rows * columns;
    for (; places[next] < end; next++) sum += width * count;
    start = end;
  }
  return sum;
}

export function continualTable(rows) {
  const head = ['rate', 'weights', 'of', 'µs a frame', 'least', 'µs a clip', 'MACs a frame', 'MACs a clip'];
  const body = rows.map((r) =>
    [
      r.rate,
      r.kept,
      r.weights,
      r.microsecondsAFrame,
      r.leastMicrosecondsAFrame,
      r.microsecondsAClip,
      r.operationsAFrame,
      r.operationsAClip,
    ].map((value) => value.toLocaleString('en')),
  );
  return markdownTable([head, ...body]);
}
