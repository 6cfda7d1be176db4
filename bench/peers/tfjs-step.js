// One joint training step of the reference shape in TensorFlow.js (WASM backend), without the divergence term.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as shape from './reference-shape.js';

const { NODES, CHANNELS, HEADS, FILTERS, CLASSES, BATCH, RATES } = shape;

await tf.setBackend('wasm');
await tf.ready();
const latents = shape.SHAPES.map((dims) => tf.variable(tf.tensor(shape.normals(shape.product(dims)), dims)));
const biases = shape.BIASES.map((size) => tf.variable(tf.zeros([size])));
const x = tf.tensor(shape.normals(BATCH * NODES * CHANNELS), [BATCH, NODES, CHANNELS]);
const labels = tf.oneHot(
  tf.tensor1d(
    Array.from({ length: BATCH }, (_, i) => i % CLASSES),
    'int32',
  ),
  CLASSES,
);
const optimiser = tf.train.adam(1e-5);

function mask(latent, i, r) {
  const scaled = latent.mul(shape.SCALES[i]);
  if (RATES[r] === 0) return scaled;
  return scaled.mul(
    latent
      .square()
      .sub(shape.THRESHOLDS[r] ** 2)
      .mul(shape.CRISPNESS)
      .sigmoid(),
  );
}

/** Heads side by side: one product [heads · nodes, nodes] × [nodes, channels] a sequence. */
function forward(r) {
  const [attention, filters, dense, classifier] = latents.map((latent, i) => mask(latent, i, r));
  const tiled = attention.reshape([1, HEADS * NODES, NODES]).tile([BATCH, 1, 1]);
  const z = tf.matMul(tiled, x).reshape([BATCH, HEADS, NODES, CHANNELS]).transpose([0, 2, 1, 3]);
  const y = z
    .reshape([BATCH * NODES, HEADS * CHANNELS])
    .matMul(filters)
    .add(biases[0])
    .relu();
  const hidden = y
    .reshape([BATCH, NODES * FILTERS])
    .matMul(dense)
    .add(biases[1])
    .relu();
  return hidden.matMul(classifier).add(biases[2]);
}

function loss() {
  const losses = RATES.map((_, r) => {
    const logits = forward(r);
    return logits.logSumExp(1).sub(logits.mul(labels).sum(1)).mean();
  });
  return tf.addN(losses).div(RATES.length);
}

const ms = await shape.medianTime(() => optimiser.minimize(loss), 1);
shape.report('tfjs', tf.version_core, ms);
