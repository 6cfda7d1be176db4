// The same three blocks as an exported WebAssembly module: what a frame of a stream costs whose new cells alone go through the
// network, and what one costs where each answer takes a whole window.
import { Random } from '../../dist/core/random.js';
import { exportWasm } from '../../dist/export/wasm/export-wasm.js';
import { Model } from '../../dist/model/model.js';
import { createCurve } from '../../dist/model/rate-curve.js';
import { cut } from '../../dist/pruning/cut/cut.js';
import { kinectV2 } from '../../dist/skeleton/layouts/kinect-v2.js';

const PER_SECOND = 30;
const LOCAL = ['frame-positions', 'frame-relative', 'frame-bones'];

/** Random weights. @param classes how many; @param channels steps of channels */
function modelOf(layers, frames, classes, channels = LOCAL) {
  const random = new Random(1);
  const description = {
    layout: kinectV2,
    persons: 1,
    classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
    preprocessing: { pose: [{ step: 'resample', frames }], channels: channels.map((step) => ({ step })) },
    layers,
    stream: { seconds: frames / PER_SECOND, framesPerSecond: PER_SECOND },
    provenance: { dataset: 'none', split: 'none', recipe: 'none', seed: 1, trainedRates: [0], version: '0' },
  };
  const { network } = new Model(description, undefined);
  const features = (network.input.nodes * network.input.channels) / frames;
  return new Model(description, {
    latents: network.weights.map(({ rows, columns }) =>
      Float32Array.from({ length: rows * columns }, () => random.normal()),
    ),
    scales: network.weights.map(({ columns }) => 1 / Math.sqrt(columns)),
    gains: network.weights.map(() => createCurve(1, 1)),
    biases: network.biases.map(({ size }) => createCurve(1, size, () => 0.01)),
    mean: new Float32Array(features),
    inverseDeviation: new Float32Array(features).fill(1),
  });
}

/** Pushes frames, two for each answer; gives what takes them. */
function streamOf(model, frames) {
  const { memory, frame, push } = new WebAssembly.Instance(new WebAssembly.Module(exportWasm(model).files[0])).exports;
  const size = kinectV2.joints.length * 3;
  const random = new Random(2);
  const poses = Array.from({ length: frames }, () => Float32Array.from({ length: size }, () => random.normal()));
  let time = 0;
  return () => {
    for (const pose of poses) {
      new Float32Array(memory.buffer, frame(), size).set(pose);
      push(time, 1);
      time += 1 / PER_SECOND;
    }
  };
}

/** Of the same weights, with features of a frame by itself and with velocities, by which an answer takes a window. */
export function benchModule(layers, frames, classes, rate, cpuTime) {
  const microseconds = (channels) => {
    const model = cut(modelOf(layers, frames, classes, channels), { rate });
    return cpuTime(streamOf(model, frames)).median / frames;
  };
  return { continual: microseconds(LOCAL), windows: microseconds([...LOCAL, 'frame-velocities']) };
}
