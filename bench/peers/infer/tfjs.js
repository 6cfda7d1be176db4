// TensorFlow.js in WebAssembly, one thread; a file is a .safetensors model of graph convolutions and dense layers.
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { readNetwork } from '../../infer/read-network.js';

export async function load(bytes, { nodes, channels, assets }) {
  if (assets !== undefined) setWasmPaths(assets);
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const { standardisation, layers } = readNetwork(bytes);
  const [mean, inverseDeviation] = standardisation.map(({ values, shape }) => tf.tensor(values, shape));
  const steps = layers.map((layer) => (layer.weight ? dense(layer) : graphConvolution(layer)));
  const network = (features) => {
    const x = tf.mul(tf.sub(tf.tensor(features, [nodes, channels]), mean), inverseDeviation);
    return steps.reduce((value, step) => step(value), tf.clipByValue(x, -6, 6));
  };
  return (features) => tf.tidy(() => network(features).dataSync());
}

function dense({ weight, bias, rectify }) {
  const [units, values] = weight.shape;
  const transposed = tf.transpose(tf.tensor(weight.values, weight.shape));
  const b = tf.tensor(bias.values);
  return (x) => activate(tf.reshape(tf.add(tf.matMul(tf.reshape(x, [1, values]), transposed), b), [units]), rectify);
}

/** Σ_k A_k X W_k, or side by side: heads under one another first, then one product with their filters. */
function graphConvolution({ attention, filters, bias, combine, rectify }) {
  const [heads, out, into] = attention.shape;
  const [, channels, width] = filters.shape;
  const a = tf.tensor(attention.values, [heads * out, into]);
  const b = tf.tensor(bias.values);
  if (combine === 'sum') {
    const w = tf.tensor(filters.values, [heads * channels, width]);
    return (x) => {
      const byNode = tf.transpose(tf.reshape(tf.matMul(a, x), [heads, out, channels]), [1, 0, 2]);
      return activate(tf.add(tf.matMul(tf.reshape(byNode, [out, heads * channels]), w), b), rectify);
    };
  }
  const w = tf.tensor(filters.values, filters.shape);
  return (x) => {
    const y = tf.matMul(tf.reshape(tf.matMul(a, x), [heads, out, channels]), w);
    return activate(tf.add(tf.reshape(tf.transpose(y, [1, 0, 2]), [out, heads * width]), b), rectify);
  };
}

const activate = (x, rectify) => (rectify ? tf.relu(x) : x);
