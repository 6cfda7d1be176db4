// A frame of a stream through a network over time, against the clip of its last frames: three blocks of 48, 64 and 96
// channels (188 k weights), random weights, cut to 0.98. What a frame costs depends on how many weights are left, not on
// their values.
import { markdownTable } from 'markdown-table';
import '../dist/runtime/temporal.js';
import { Random } from '../dist/core/random.js';
import { ContinualNetwork } from '../dist/runtime/network/continual-network.js';
import { FrameMachine } from '../dist/runtime/network/frame-machine.js';
import { countWeights, planNetwork, productsOf } from '../dist/runtime/network/plan.js';
import { plainRunner } from '../dist/runtime/network/stage-runner.js';
import { TemporalNetwork } from '../dist/runtime/network/temporal-network.js';
import { benchModule } from './lib/continual-module.js';
import { round } from './lib/measure.js';

const [FRAMES, JOINTS, CHANNELS, CLASSES] = [64, 25, 12, 10];
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
/** Three blocks, 188 k weights. */
export const LAYERS = [...block(48), ...block(64), ...block(96), { kind: 'pool', over: 'both', activation: 'none' }];

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
  return {
    network: new TemporalNetwork(plan, latents, places, scales, biases),
    weights,
    kept,
    used: usesOf(plan, places),
  };
}

export function benchContinual() {
  return RATES.map((rate) => {
    const random = new Random(1);
    const { network, weights, kept, used } = networkAt(rate, random);
    const continual = new ContinualNetwork(network);
    const size = JOINTS * CHANNELS;
    const stream = Float32Array.from({ length: 4 * FRAMES * size }, () => random.normal());
    const frames = Array.from({ length: 4 * FRAMES }, (_, f) => stream.subarray(f * size, (f + 1) * size));
    const push = cpuTime(() => {
      for (const frame of frames) continual.push(frame);
    });
    const machine = new FrameMachine(network.program, plainRunner);
    const plain = cpuTime(() => {
      for (const frame of frames) {
        machine.push(frame, 0);
        machine.answer();
      }
    });
    const clip = cpuTime(() => network.run(stream.subarray(0, FRAMES * size)));
    const exported = benchModule(LAYERS, FRAMES, CLASSES, rate, cpuTime);
    return {
      rate,
      weights,
      kept,
      microsecondsAFrame: round(push.median / frames.length, 1),
      leastMicrosecondsAFrame: round(push.least / frames.length, 1),
      microsecondsInJavaScript: round(plain.median / frames.length, 1),
      microsecondsAClip: round(clip.median, 0),
      microsecondsInAModule: round(exported.continual, 1),
      microsecondsInAModuleByWindows: round(exported.windows, 1),
      operationsAFrame: continual.operations,
      usesAFrame: used,
    };
  });
}

/** Median and least of the microseconds of CPU time that `run` takes, which other programs disturb less than the clock. */
function cpuTime(run) {
  for (let i = 0; i < 5; i++) run();
  const times = Array.from({ length: 25 }, () => {
    const { user } = process.cpuUsage();
    run();
    return process.cpuUsage().user - user;
  }).sort((a, b) => a - b);
  return { median: times[times.length >> 1], least: times[0] };
}

/** Multiply-accumulates of all non-zeros for a frame, dead or not. */
function usesOf(plan, places) {
  let [start, next, sum] = [0, 0, 0];
  for (const { rows, columns, width, count, frames = 1 } of productsOf(plan)) {
    const end = start + rows * columns;
    for (; places[next] < end; next++) sum += (width * count) / frames;
    start = end;
  }
  return sum;
}

export function continualTable(rows) {
  const head = [
    'rate',
    'weights',
    'of',
    'µs of CPU a frame',
    'least',
    'in JavaScript',
    'µs a clip',
    'exported as WebAssembly',
    'by windows',
    'MACs a frame',
    'with dead ones',
  ];
  const body = rows.map((r) =>
    [
      r.rate,
      r.kept,
      r.weights,
      r.microsecondsAFrame,
      r.leastMicrosecondsAFrame,
      r.microsecondsInJavaScript,
      r.microsecondsAClip,
      r.microsecondsInAModule,
      r.microsecondsInAModuleByWindows,
      r.operationsAFrame,
      r.usesAFrame,
    ].map((value) => value.toLocaleString('en')),
  );
  return markdownTable([head, ...body]);
}
